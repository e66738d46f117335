package dev.sluice.schemas.rollout.window;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who asks for a raise, and whom a window binds. */
public enum Invoker {
    /** Steps that follow each other. */
    @JsonProperty("automation")
    AUTOMATION,
    /** Commands. */
    @JsonProperty("people")
    PEOPLE
}
