/** Expressions of the rollout file, in the Common Expression Language (https://cel.dev). */
package dev.sluice.schemas.rollout.cel;
