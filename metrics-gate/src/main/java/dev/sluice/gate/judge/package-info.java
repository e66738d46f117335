/** Plug-ins: what a query can ask (one {@link dev.sluice.gate.core.Measure} each) and how the answer is judged. Found by CDI. */
package dev.sluice.gate.judge;
