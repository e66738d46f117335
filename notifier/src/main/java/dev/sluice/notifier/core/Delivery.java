package dev.sluice.notifier.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * How far a message has come in one channel.
 *
 * @param attempts made by the instance that ended it
 * @param at when it came there
 * @param words why it failed; else null
 */
public record Delivery(State state, int attempts, Instant at, String words) {
    /** Words of the wire, in the ledger. */
    public enum State {
        WAITING("waiting"),
        SENT("sent"),
        /** Given up: nobody sends it any more. */
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    public static Delivery waiting(Instant at) {
        return new Delivery(State.WAITING, 0, at, null);
    }

    public static Delivery sent(int attempts, Instant at) {
        return new Delivery(State.SENT, attempts, at, null);
    }

    public static Delivery failed(int attempts, Instant at, String words) {
        return new Delivery(State.FAILED, attempts, at, words);
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }
}
