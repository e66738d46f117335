package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Cut;
import java.util.Map;
import java.util.Optional;

/**
 * A custom resource as it stands.
 *
 * @param generation grows with the spec, and with nothing else
 * @param deleted somebody has asked for its deletion
 */
public record Subject(
        String uid,
        String namespace,
        String name,
        long generation,
        boolean deleted,
        Map<String, String> annotations,
        Wish wish) {
    static final String COMMAND = "sluice.dev/command";
    static final String NONCE = "sluice.dev/nonce";
    static final String LET_GO = "sluice.dev/let-go";
    /** How every id begins that comes from a custom resource. */
    static final String IDS = "slr.";

    private static final int LONGEST_ACTOR = 256;

    public Subject {
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** Names of Kubernetes may be longer than a command's actor. */
    String actor() {
        return Cut.to(LONGEST_ACTOR, "GitOps: SluiceRollout " + namespace + "/" + name);
    }

    /** The same part has the same id, whoever asks and however often: that is one effect. */
    String id(String part) {
        return IDS + uid + "." + part;
    }

    /** The newest order by annotation; empty without one, or where nothing tells it from the one before. */
    Optional<Order> order() {
        var word = annotations.getOrDefault(COMMAND, "").strip();
        var nonce = annotations.getOrDefault(NONCE, "").strip();
        return word.isEmpty() || nonce.isEmpty()
                ? Optional.empty()
                : Optional.of(new Order(word, Prints.of(word + " " + nonce)));
    }

    /** @param nonce a name of word and nonce together */
    record Order(String word, String nonce) {}

    boolean mayGo() {
        return mayGo(annotations);
    }

    /** @param annotations null: none */
    public static boolean mayGo(Map<String, String> annotations) {
        return annotations != null && "true".equals(annotations.get(LET_GO));
    }
}
