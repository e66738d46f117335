package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.RouteIdentity;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
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
    private final KubernetesClient client;

    public RoutingObjects(KubernetesClient client) {
        this.client = client;
    }

    Optional<Document> get(Kind kind, String version, RouteIdentity route) {
        var found = of(kind, version)
                .inNamespace(route.namespace())
                .withName(route.name())
                .get();
        return Optional.ofNullable(found).map(this::document);
    }

    Document create(Kind kind, String version, Document document) {
        return document(of(kind, version).resource(resource(document)).create());
    }

    /** PUT with the document's own {@code resourceVersion}; fabric8's {@code replace()} would overwrite without it. */
    Document update(Kind kind, String version, Document document) {
        return document(of(kind, version).resource(resource(document)).update());
    }

    void delete(Kind kind, String version, RouteIdentity route, String uid, String resourceVersion) {
        var only = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .withResourceVersion(resourceVersion)
                .endPreconditions()
                .build();
        var path = "/apis/%s/%s/namespaces/%s/%s/%s"
                .formatted(kind.group(), version, route.namespace(), kind.plural(), route.name());
        client.raw(path, "DELETE", only);
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
        return new Document(client.getKubernetesSerialization().convertValue(resource, Map.class));
    }

    private GenericKubernetesResource resource(Document document) {
        return client.getKubernetesSerialization().convertValue(document.content(), GenericKubernetesResource.class);
    }
}
