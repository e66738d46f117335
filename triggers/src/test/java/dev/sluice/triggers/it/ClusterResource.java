package dev.sluice.triggers.it;

import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real API server with the kind that is committed, which the triggers reach with the rights of the files in {@code deploy} and no other. */
public final class ClusterResource implements QuarkusTestResourceLifecycleManager {
    private static final String KUBECONFIG = "kubeconfig";
    private static final String NAMESPACE = "sluice";
    private static final String NAME = "triggers";

    private static final Path ROLLOUT_FILES = Path.of("target/rollout-files");

    private KubernetesPart part;
    private Path file;

    @Override
    public Map<String, String> start() {
        part = KubernetesPart.start(KubernetesPart.Choice.REAL);
        try (var admin = part.client()) {
            Kind.install(admin);
            KubernetesPart.createNamespaces(admin, List.of(NAMESPACE, "shop"));
            file = Files.createTempFile("kubeconfig", "");
            Files.createDirectories(ROLLOUT_FILES);
            Files.writeString(file, account(admin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(KUBECONFIG, file.toString());
        return Map.of(
                "sluice.triggers.ask-again-after",
                "PT2S",
                "sluice.triggers.deployments.watch",
                "true",
                "sluice.triggers.hooks.files",
                ROLLOUT_FILES.toString());
    }

    private String account(KubernetesClient admin) throws IOException {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .create();
        for (var each : List.of("deploy/rights-cluster.yaml", "deploy/rights-deployments.yaml")) {
            try (var rights = Files.newInputStream(Path.of(each))) {
                admin.load(rights).create();
            }
        }
        var user = new AuthInfo();
        user.setToken(admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .tokenRequest()
                .getStatus()
                .getToken());
        var config = Serialization.unmarshal(part.kubeconfig(), Config.class);
        config.getUsers().forEach(named -> named.setUser(user));
        return Serialization.asYaml(config);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(part, new TestInjector.MatchesType(KubernetesPart.class));
    }

    @Override
    public void stop() {
        System.clearProperty(KUBECONFIG);
        try {
            part.close();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
