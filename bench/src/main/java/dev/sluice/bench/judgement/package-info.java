/** The bench {@code judgement}: how often the gate's tests stop good releases, and how soon they find bad ones. */
package dev.sluice.bench.judgement;
