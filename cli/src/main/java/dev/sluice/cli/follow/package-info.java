/** Goes along with a rollout until it is over, and says what its end comes to. */
package dev.sluice.cli.follow;
