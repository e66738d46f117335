/**
 * The mathematics of judging, apart from what is judged: numbers in, numbers out. Pure, and the same on every machine, since
 * a verdict must be: logarithms and powers are {@link StrictMath}'s.
 */
package dev.sluice.gate.statistics;
