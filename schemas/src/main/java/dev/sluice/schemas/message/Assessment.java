package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a person thinks, looking back, of how a rollout ended.
 *
 * @param rollout its id
 */
public record Assessment(String rollout, Ending ending) {

    public enum Ending {
        /** What was rolled back was good, or what was promoted was bad. */
        @JsonProperty("wrong")
        WRONG,
        /** What was rolled back was bad, or what was promoted was good. */
        @JsonProperty("right")
        RIGHT;

        public String word() {
            return this == WRONG ? "wrong" : "right";
        }
    }
}
