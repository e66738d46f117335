package dev.sluice.gate.source;

import java.io.Serial;

/** Why a question got no answer, in words for people; they hold no secret. It says nothing about the canary. */
public final class Unanswered extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int LONGEST = 500;

    private final boolean retryable;

    private Unanswered(String words, boolean retryable) {
        super(words.length() > LONGEST ? words.substring(0, LONGEST) + " …" : words);
        this.retryable = retryable;
    }

    /** The same question may be answered later. */
    public static Unanswered yet(String words) {
        return new Unanswered(words, true);
    }

    /** The same question will not be answered as it is. */
    public static Unanswered ever(String words) {
        return new Unanswered(words, false);
    }

    public boolean isRetryable() {
        return retryable;
    }
}
