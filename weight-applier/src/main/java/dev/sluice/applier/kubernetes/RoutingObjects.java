package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Write;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects of any kind as documents. Every write of an object that is there names the version it was read at, so that
 * one which lost a race, or comes from an applier that no longer owns the route, is refused with 409.
 */
public final class RoutingObjects {
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Api api;

    RoutingObjects(KubernetesClient client, Api api) {
        this.client = client;
        this.api = api;
    }

    /** @throws KubernetesClientException also where the API server doesn't know the kind: {@link Api#isUnserved} */
    Optional<Document> get(ObjectRef ref, String version) {
        try {
            return Optional.of(Marks.lean(api.send("GET", path(ref, version), null)));
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND && !Api.isUnserved(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What the object is now; null once it is removed. */
    Document carryOut(Write write, String version) {
        return send(write, version, "");
    }

    /** What the object would be, by all that the API server and its webhooks do with a write but storing it. */
    Document tryOut(Write write, String version) {
        return send(write, version, "?dryRun=All");
    }

    private Document send(Write write, String version, String query) {
        var path = path(write.ref(), version);
        return switch (write) {
            case Write.Create create ->
                Marks.lean(api.send(
                        "POST",
                        path.substring(0, path.lastIndexOf('/')) + query,
                        create.document().content()));
            case Write.Update update ->
                Marks.lean(api.send(
                        "PUT", path + query, Marks.toWrite(update.document()).content()));
            case Write.Scale scale -> {
                api.send("PUT", path + "/scale" + query, scale(scale));
                // what is answered is the scale, not the object
                yield get(scale.ref(), version).orElse(null);
            }
            case Write.Delete delete -> {
                api.send("DELETE", path + query, only(delete.document()));
                yield null;
            }
        };
    }

    private static Map<String, Object> scale(Write.Scale scale) {
        return Map.of(
                "apiVersion",
                "autoscaling/v1",
                "kind",
                "Scale",
                "metadata",
                Map.of(
                        "name", scale.ref().name(),
                        "namespace", scale.ref().namespace(),
                        "resourceVersion", scale.document().text("metadata", "resourceVersion")),
                "spec",
                Map.of("replicas", scale.replicas()));
    }

    /** All of a namespace's. */
    List<Document> list(Kind kind, String version, String namespace) {
        var path = "/" + kind.root(version) + "/namespaces/" + namespace + "/" + kind.plural();
        var items = api.send("GET", path, null).list("items");
        // in a list they don't say it themselves
        items.forEach(item -> item.content().put("kind", kind.kind()));
        return items;
    }

    private static Map<String, Object> only(Document document) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "preconditions",
                Map.of(
                        "uid", document.text("metadata", "uid"),
                        "resourceVersion", document.text("metadata", "resourceVersion")));
    }

    private static String path(ObjectRef ref, String version) {
        var namespace = ref.namespace().isEmpty() ? "" : "/namespaces/" + ref.namespace();
        return "/" + ref.kind().root(version) + namespace + "/" + ref.kind().plural() + "/" + ref.name();
    }

    MixedOperation<
                    GenericKubernetesResource,
                    io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            of(Kind kind, String version) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(version)
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.isNamespaced())
                .build());
    }

    @SuppressWarnings("unchecked")
    Document document(GenericKubernetesResource resource) {
        return Marks.lean(new Document(client.getKubernetesSerialization().convertValue(resource, Map.class)));
    }
}
