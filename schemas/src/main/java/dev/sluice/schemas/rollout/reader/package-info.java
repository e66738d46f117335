/** The way from a rollout file to its plan, one concern per class; {@link dev.sluice.schemas.rollout.RolloutFileReader} is the way in. */
package dev.sluice.schemas.rollout.reader;
