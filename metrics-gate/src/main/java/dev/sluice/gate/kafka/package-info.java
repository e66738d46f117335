/**
 * The gate's side of Kafka, on plain clients, because positions, seeks and commits are rules here
 * (docs/decisions/0010). Translates records into the core's events and its decisions into records.
 */
package dev.sluice.gate.kafka;
