package dev.sluice.applier.cli;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Requests in one namespace, as one account.
 *
 * @param admin knows which versions are served
 */
record Asked(KubernetesClient client, KubernetesClient admin, String namespace) {
    private static final int FORBIDDEN = 403;
    private static final String ABSENT = "absent";
    private static final Map<String, Object> EMPTY = Map.of();

    private interface Request {
        void send();
    }

    /** Which of RBAC's verbs are not refused with 403, asked on an object that isn't there. */
    Set<String> allowed(Kind kind) {
        var path = path(kind);
        var allowed = new HashSet<String>();
        add(allowed, "get", () -> client.raw(path + "/" + ABSENT, "GET", null));
        add(allowed, "list", () -> client.raw(path, "GET", null));
        add(allowed, "watch", () -> watch(kind));
        add(allowed, "create", () -> client.raw(path, "POST", EMPTY));
        add(allowed, "update", () -> client.raw(path + "/" + ABSENT, "PUT", EMPTY));
        add(allowed, "delete", () -> client.raw(path + "/" + ABSENT, "DELETE", null));
        return allowed;
    }

    /** Whether replicas may be set. */
    boolean mayScale(Kind kind) {
        var allowed = new HashSet<String>();
        add(allowed, "update", () -> client.raw(path(kind) + "/" + ABSENT + "/scale", "PUT", EMPTY));
        return !allowed.isEmpty();
    }

    void create(Kind kind, Document object) {
        client.raw(path(kind, object), "POST", object.content());
    }

    /** What is there, read and written as it is. */
    void writeAgain(Kind kind, Document object) throws Refused {
        var path = path(kind, object) + "/" + object.text("metadata", "name");
        var live = Manifests.read(client.raw(path, "GET", null)).getFirst();
        client.raw(path, "PUT", live.content());
    }

    private static void add(Set<String> allowed, String verb, Request request) {
        try {
            request.send();
            allowed.add(verb);
        } catch (KubernetesClientException answer) {
            if (answer.getCode() == 0) {
                throw answer;
            }
            if (answer.getCode() != FORBIDDEN) {
                allowed.add(verb);
            }
        }
    }

    private void watch(Kind kind) {
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(version(kind))
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(true)
                .build();
        client.genericKubernetesResources(context)
                .inNamespace(namespace)
                .watch(new Ignoring())
                .close();
    }

    private String path(Kind kind) {
        return path(kind, version(kind));
    }

    /** In the object's own version. */
    private String path(Kind kind, Document object) {
        var apiVersion = object.text("apiVersion");
        return path(kind, apiVersion.substring(apiVersion.indexOf('/') + 1));
    }

    private String path(Kind kind, String version) {
        return "/" + kind.root(version) + "/namespaces/" + namespace + "/" + kind.plural();
    }

    private String version(Kind kind) {
        return kind.versions().stream()
                .filter(version -> kind.group().isEmpty() || admin.getApiResources(kind.apiVersion(version)) != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " is not served"));
    }

    private static final class Ignoring implements Watcher<GenericKubernetesResource> {
        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {}

        @Override
        public void onClose(WatcherException cause) {}
    }
}
