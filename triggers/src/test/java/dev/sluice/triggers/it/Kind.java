package dev.sluice.triggers.it;

import dev.sluice.sandbox.parts.Definitions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kind as it is committed, and its objects as anybody sees them. */
final class Kind {
    static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup("sluice.dev")
            .withVersion("v1")
            .withKind("SluiceRollout")
            .withPlural("sluicerollouts")
            .withNamespaced(true)
            .build();

    private static final Path DEFINITION = Path.of("../deploy/crds/sluicerollouts.sluice.dev.yaml");

    private Kind() {}

    static void install(KubernetesClient admin) {
        try (var yaml = Files.newInputStream(DEFINITION)) {
            Definitions.read(admin, yaml).forEach(definition -> Definitions.install(admin, definition));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GenericKubernetesResource object(String namespace, String name, Object spec) {
        var object = new GenericKubernetesResource();
        object.setApiVersion("sluice.dev/v1");
        object.setKind("SluiceRollout");
        var metadata =
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build();
        object.setMetadata(metadata);
        object.setAdditionalProperty("spec", spec);
        return object;
    }
}
