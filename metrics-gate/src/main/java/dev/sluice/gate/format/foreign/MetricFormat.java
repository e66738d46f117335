package dev.sluice.gate.format.foreign;

import org.apache.kafka.common.header.Headers;

/**
 * One encoding in which others write metrics to a topic of their own. A bean of this type is found by its name; used by several
 * threads at the same time. It gives every sample that is in a record, in an order that never changes, for a sample's place
 * names it; which of them count, and for what, says a {@link Mapping}.
 */
public interface MetricFormat {
    /** As {@code sluice.gate.formats.<topic>.format} says it. */
    String name();

    /**
     * Never throws, and takes memory and time in proportion to the value's length at most.
     *
     * @param value null where the record has none
     */
    ForeignReading read(byte[] value, Headers headers);

    /** Whether its senders come in pairs, so that each single value may come twice: then its time names it. */
    default boolean comesInPairs() {
        return false;
    }
}
