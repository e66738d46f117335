package dev.sluice.schemas.wire;

/** A document that is refused before anything looks at its meaning; the message is one line for people. */
public final class UnacceptableJson extends Exception {
    private static final long serialVersionUID = 1L;

    public UnacceptableJson(String message) {
        // expected with hostile input: no stack trace, which would be the dearest part
        super(message, null, false, false);
    }
}
