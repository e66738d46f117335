package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a start does while a rollout of its application runs. */
public enum InProgress {
    /** It is refused. */
    @JsonProperty("reject")
    REJECT,
    /** It waits for the running one to end; of several that wait the newest stays. */
    @JsonProperty("enqueueOne")
    ENQUEUE_ONE,
    /** The running one is rolled back first. */
    @JsonProperty("supersede")
    SUPERSEDE
}
