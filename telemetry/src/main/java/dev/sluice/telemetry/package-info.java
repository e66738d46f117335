/** What services tell those who run them: one trace from a command to what was written for it, whatever lies between. */
package dev.sluice.telemetry;
