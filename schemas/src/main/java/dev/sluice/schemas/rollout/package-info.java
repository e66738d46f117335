/** The rollout file and the plan that it is resolved into. */
package dev.sluice.schemas.rollout;
