package dev.sluice.applier.mesh;

/** One request that changes one object. */
public sealed interface Write {
    ObjectRef ref();

    record Create(ObjectRef ref, Document document) implements Write {}

    /** @param document with the {@code resourceVersion} that it was read at */
    record Update(ObjectRef ref, Document document) implements Write {}

    /**
     * Sets the number of a workload's replicas, by its {@code scale}.
     *
     * @param document as it was seen last: only exactly that is scaled
     */
    record Scale(ObjectRef ref, Document document, int replicas) implements Write {
        /** What comes of it. */
        public Document scaled() {
            var scaled = document.copy();
            scaled.open("spec").put("replicas", replicas);
            return scaled;
        }

        /** For people. */
        String asked() {
            return replicas + " replicas of " + ref.kind().kind() + " " + ref.namespace() + "/" + ref.name();
        }
    }

    /** @param document as it was seen last: only exactly that is removed */
    record Delete(ObjectRef ref, Document document) implements Write {}
}
