/**
 * Metric sources that are asked. A <em>source</em> is a kind of system, a plug-in; a <em>provider</em> is one such system
 * of the configuration, with a name. A question waits on virtual threads, never on the gate's.
 */
package dev.sluice.gate.source;
