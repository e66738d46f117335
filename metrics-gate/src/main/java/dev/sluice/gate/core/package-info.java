/**
 * The gate's rules: which events count, what a window holds, when a run is judged and what its verdict says. Pure: time
 * comes in with the events, nothing goes out but decisions. The state is mutable, unlike that of the other services,
 * because hundreds of thousands of events a second pass through it; it is confined to one {@link
 * dev.sluice.gate.core.Gate} on one thread, and the same events give the same decisions.
 */
package dev.sluice.gate.core;
