package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens once more runs were inconclusive than the limit allows. */
public enum OnInconclusive {
    @JsonProperty("pause")
    PAUSE,
    @JsonProperty("rollback")
    ROLLBACK,
    @JsonProperty("continue")
    CONTINUE
}
