/** Prometheus, and all that speaks its HTTP API: Thanos, Mimir, VictoriaMetrics and others. */
package dev.sluice.gate.source.prometheus;
