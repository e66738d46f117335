package dev.sluice.applier.it;

import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The applier's own account on a real API server, with what the files in {@code deploy} give it and nothing else. */
public final class Account {
    private static final String NAMESPACE = "sluice";
    private static final String NAME = "weight-applier";
    private static final Path RIGHTS = Path.of("deploy");

    private Account() {}

    /** Makes it; the answer is a kubeconfig that reaches the API as this account, by a token. */
    public static String make(KubernetesPart part, KubernetesClient admin) {
        KubernetesPart.createNamespaces(admin, List.of(NAMESPACE));
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .create();
        var token = admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .tokenRequest()
                .getStatus()
                .getToken();
        var config = Serialization.unmarshal(part.kubeconfig(), Config.class);
        var user = new AuthInfo();
        user.setToken(token);
        config.getUsers().forEach(named -> named.setUser(user));
        return Serialization.asYaml(config);
    }

    static void mayServeTheCluster(KubernetesClient admin) {
        load(admin, "rights-cluster.yaml").forEach(item -> admin.resource(item).create());
    }

    static void mayServe(KubernetesClient admin, String namespace) {
        mayServe(admin, namespace, rule -> true);
    }

    /** As the file says, but for the rules that aren't wanted; again, once it may do more. */
    static void mayServe(KubernetesClient admin, String namespace, Predicate<PolicyRule> which) {
        load(admin, "rights-namespace.yaml").forEach(item -> {
            if (item instanceof Role role) {
                role.getRules().removeIf(which.negate());
            }
            admin.resource(item).inNamespace(namespace).createOr(known -> known.update());
        });
    }

    /** What {@code rights --match smi} gives beside what the file does. */
    static void mayServeMatches(KubernetesClient admin, String namespace) {
        var name = "sluice-matches";
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("specs.smi-spec.io")
                        .withResources("httproutegroups")
                        .withVerbs("get", "list", "watch", "create", "update", "delete")
                        .endRule()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                        .addNewSubject(null, "ServiceAccount", NAME, NAMESPACE)
                        .build())
                .create();
    }

    private static List<HasMetadata> load(KubernetesClient admin, String file) {
        try (var yaml = Files.newInputStream(RIGHTS.resolve(file))) {
            return admin.load(yaml).items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
