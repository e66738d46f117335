package dev.sluice.applier.mesh;

/**
 * A workload by what its replicas tell.
 *
 * @param document as it was seen; null where it isn't there
 * @param wanted replicas, one where it doesn't say
 * @param ready pods of these
 */
record Replicated(ObjectRef ref, Document document, int wanted, int ready) {

    static Replicated of(ObjectRef ref, Document document) {
        var wanted = document.at("spec", "replicas") instanceof Number number ? number.intValue() : 1;
        return new Replicated(ref, document, wanted, Math.min(wanted, number(document, "status", "readyReplicas")));
    }

    /** It isn't there. */
    static Replicated missing(ObjectRef ref) {
        return new Replicated(ref, null, 0, 0);
    }

    boolean isMissing() {
        return document == null;
    }

    /** Its controller has made, or ended, as many pods as are wanted. */
    boolean isScaled() {
        return number(document, "status", "observedGeneration") >= number(document, "metadata", "generation")
                && number(document, "status", "replicas") == wanted;
    }

    Write.Scale to(int replicas) {
        return new Write.Scale(ref, document, replicas);
    }

    private static int number(Document document, String... path) {
        return document.at(path) instanceof Number number ? number.intValue() : 0;
    }
}
