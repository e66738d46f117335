/** What many rollouts at once cost, and how fast they begin, go on and end. */
package dev.sluice.bench.load;
