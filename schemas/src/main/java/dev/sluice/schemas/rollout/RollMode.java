package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who acts on an analysis's outcome. */
public enum RollMode {
    /** The outcome itself. */
    @JsonProperty("automatic")
    AUTOMATIC,
    /** A person, who is asked. */
    @JsonProperty("manual")
    MANUAL
}
