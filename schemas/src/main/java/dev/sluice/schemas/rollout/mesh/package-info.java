/** What a rollout file says of each mesh: one class per mesh. */
package dev.sluice.schemas.rollout.mesh;
