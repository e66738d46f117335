package dev.sluice.engine.core;

import dev.sluice.schemas.message.ReasonCode;

/** A reason: the code is for grouping, the words are for people. */
public record Why(ReasonCode code, String words) {}
