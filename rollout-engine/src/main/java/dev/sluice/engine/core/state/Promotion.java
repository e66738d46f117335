package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.OnPromoted;

/**
 * A target's last promotion: what {@code undo} takes back.
 *
 * @param how it ended
 * @param revision promoted; null where nobody said
 * @param before the revision that was stable until then; null where nobody knows
 * @param undo whether it took an earlier one back itself
 */
public record Promotion(String rollout, OnPromoted how, String revision, String before, boolean undo) {}
