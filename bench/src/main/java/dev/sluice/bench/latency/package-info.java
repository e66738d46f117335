/** How long Sluice takes from a message published to a weight in force, and where that time goes. */
package dev.sluice.bench.latency;
