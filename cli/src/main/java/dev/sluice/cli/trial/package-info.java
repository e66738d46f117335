/** A rollout file's judgement tried on invented metrics: the gate's rules and the engine's limits, on a clock that doesn't wait. */
package dev.sluice.cli.trial;
