/** The gate's settings. */
package dev.sluice.gate.config;
