package dev.sluice.schemas.rollout.window;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who started the rollout whose weights go up, and whom a window binds. */
public enum Invoker {
    /** Its start command says {@code automated}. */
    @JsonProperty("automation")
    AUTOMATION,
    /** Anybody else. */
    @JsonProperty("people")
    PEOPLE;

    /** @param automated whether no person started it */
    public static Invoker of(boolean automated) {
        return automated ? AUTOMATION : PEOPLE;
    }
}
