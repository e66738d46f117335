package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens once the canary has all traffic: architecture.md, "the end of a rollout". */
public enum OnPromoted {
    /** The canary backend becomes the active one; the next rollout goes the other way. */
    @JsonProperty("swap")
    SWAP,
    /** Once the active workload runs the revision, traffic goes back to the active backend. */
    @JsonProperty("handback")
    HANDBACK,
    /** The active backend's Service gets the selector of the canary's, and the traffic goes back to it. */
    @JsonProperty("selector")
    SELECTOR
}
