package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.ReasonCode;

/** A reason: the code is for grouping, the words are for people. */
public record Why(ReasonCode code, String words) {}
