/** Asks the rollout-engine, as its callers would. */
package dev.sluice.dashboard.engine;
