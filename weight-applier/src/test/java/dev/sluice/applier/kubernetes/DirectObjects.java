package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Write;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Optional;

/** The service's own requests, without the service: for tests of what an API server makes of them. */
public final class DirectObjects {
    private final RoutingObjects objects;
    private final Api api;

    public DirectObjects(KubernetesClient client) {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(ApplierSettings.class)
                .withDefaultValue("sluice.clusters", "prod")
                .build()
                .getConfigMapping(ApplierSettings.class);
        api = new Api(client, settings);
        objects = new RoutingObjects(client, api);
    }

    /** What an object's controller writes. */
    public void putStatus(ObjectRef ref, String version, Document document) {
        var path = "/%s/namespaces/%s/%s/%s/status"
                .formatted(ref.kind().root(version), ref.namespace(), ref.kind().plural(), ref.name());
        api.send("PUT", path, document.content());
    }

    public Optional<Document> get(ObjectRef ref, String version) {
        return objects.get(ref, version);
    }

    /** What the object is now; null once it is removed. */
    public Document carryOut(Write write, String version) {
        return objects.carryOut(write, version);
    }
}
