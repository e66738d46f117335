package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Document;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;
import java.util.function.Function;

/** Routing objects, as the documents that writes begin with: without the record of the fields that are Sluice's own. */
final class ObjectStore extends SlimStore<GenericKubernetesResource, Document> {
    private final Function<GenericKubernetesResource, Document> document;

    ObjectStore(Function<GenericKubernetesResource, Document> document) {
        super(GenericKubernetesResource::new);
        this.document = document;
    }

    @Override
    Document keep(GenericKubernetesResource item) {
        return document.apply(item);
    }

    @Override
    long version(Document kept) {
        return Listed.number(kept.text("metadata", "resourceVersion"));
    }

    Optional<Document> object(String namespace, String name) {
        return Optional.ofNullable(kept(namespace, name));
    }
}
