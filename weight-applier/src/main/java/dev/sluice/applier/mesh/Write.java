package dev.sluice.applier.mesh;

/** One request that changes one object. */
public sealed interface Write {
    ObjectRef ref();

    record Create(ObjectRef ref, Document document) implements Write {}

    /** @param document with the {@code resourceVersion} that it was read at */
    record Update(ObjectRef ref, Document document) implements Write {}

    /** @param document as it was seen last: only exactly that is removed */
    record Delete(ObjectRef ref, Document document) implements Write {}
}
