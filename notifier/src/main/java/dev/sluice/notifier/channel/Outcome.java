package dev.sluice.notifier.channel;

import java.time.Duration;

/** What became of one try to send a message; no words of it hold a secret. */
public sealed interface Outcome {
    record Sent() implements Outcome {}

    /** @param atLeast how long whoever was asked wants to be left alone */
    record Later(String words, Duration atLeast) implements Outcome {
        Later(String words) {
            this(words, Duration.ZERO);
        }
    }

    /** It would be refused again. */
    record Refused(String words) implements Outcome {}
}
