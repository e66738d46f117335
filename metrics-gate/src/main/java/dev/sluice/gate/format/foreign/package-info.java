/** Reads metrics as others write them. A further encoding is a class of its own here, see {@link dev.sluice.gate.format.foreign.MetricFormat}. */
package dev.sluice.gate.format.foreign;
