package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose the routing object is, for kinds that Sluice otherwise creates itself. */
public enum Ownership {
    /** Created by Sluice; a foreign object of that name is refused. */
    @JsonProperty("own")
    OWN,
    /** There already; taken over with the weights found in it. */
    @JsonProperty("adopt")
    ADOPT,
    /** There already and somebody else's; only its weights are written. */
    @JsonProperty("edit")
    EDIT
}
