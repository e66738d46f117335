package dev.sluice.engine.core.state;

import java.time.Instant;

/** A moment at which a target has something to do by itself; {@code kind} names it for people. */
public record WakeUp(String target, String kind, Instant at) {}
