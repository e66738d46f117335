package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.applier.mesh.RouteIdentity;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Objects of any kind as documents. Every write of an object that is there names the version it was read at, so that
 * one which lost a race, or comes from an applier that no longer owns the route, is refused with 409.
 */
@ApplicationScoped
public class RoutingObjects {
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Api api;

    RoutingObjects(KubernetesClient client, Api api) {
        this.client = client;
        this.api = api;
    }

    /** @throws KubernetesClientException also where the API server doesn't know the kind: {@link Api#isUnserved} */
    Optional<Document> get(Kind kind, String version, RouteIdentity route) {
        try {
            return Optional.of(
                    Marks.lean(api.send("GET", path(kind, version, route.namespace()) + "/" + route.name(), null)));
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND && !Api.isUnserved(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Document create(Kind kind, String version, RouteIdentity route, Document document) {
        return Marks.lean(api.send("POST", path(kind, version, route.namespace()), document.content()));
    }

    /** PUT with the document's own {@code resourceVersion}. */
    Document update(Kind kind, String version, RouteIdentity route, Document document) {
        var path = path(kind, version, route.namespace()) + "/" + route.name();
        return Marks.lean(api.send("PUT", path, Marks.toWrite(document).content()));
    }

    void delete(Kind kind, String version, RouteIdentity route, String uid, String resourceVersion) {
        var only = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "preconditions",
                Map.of("uid", uid, "resourceVersion", resourceVersion));
        api.send("DELETE", path(kind, version, route.namespace()) + "/" + route.name(), only);
    }

    private static String path(Kind kind, String version, String namespace) {
        return "/apis/%s/%s/namespaces/%s/%s".formatted(kind.group(), version, namespace, kind.plural());
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
                .withNamespaced(true)
                .build());
    }

    @SuppressWarnings("unchecked")
    Document document(GenericKubernetesResource resource) {
        return Marks.lean(new Document(client.getKubernetesSerialization().convertValue(resource, Map.class)));
    }
}
