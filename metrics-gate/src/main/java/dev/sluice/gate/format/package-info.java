/** Reads metric events. A further encoding is a class of its own here. */
package dev.sluice.gate.format;
