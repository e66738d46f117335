/** What benches of the whole of Sluice share: the rollouts in flight, their traffic, the watchers, and the floor. */
package dev.sluice.bench.rig;
