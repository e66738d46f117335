package dev.sluice.gate.core;

/**
 * Where an event first stood in Kafka. An event that was sent on keeps it, so that the owner can drop a repeat.
 *
 * @param source {@code topic/partition}
 * @param index within the record, from 0
 */
public record Origin(String source, long offset, int index) {}
