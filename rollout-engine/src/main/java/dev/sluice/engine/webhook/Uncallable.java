package dev.sluice.engine.webhook;

/** A call that can't be made as it is; its words go to the status, so they hold no secret but what is scrubbed later. */
final class Uncallable extends Exception {
    private static final long serialVersionUID = 1;

    Uncallable(String words) {
        super(words, null, false, false);
    }
}
