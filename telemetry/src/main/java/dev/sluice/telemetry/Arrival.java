package dev.sluice.telemetry;

import dev.sluice.schemas.wire.Attributes;
import dev.sluice.schemas.wire.Lineage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where something that is to be handled came from.
 *
 * @param topic null: no record brought it
 */
public record Arrival(String topic, int partition, long offset, Lineage lineage) {
    /** Something that happened here: a moment came, a call was answered. */
    public static final Arrival WITHIN = new Arrival(null, -1, -1, Lineage.NONE);

    public static Arrival of(ConsumerRecord<?, ?> record, Attributes attributes) {
        return new Arrival(record.topic(), record.partition(), record.offset(), Lineage.of(attributes));
    }

    /** Where it names no beginning of its own. */
    public Arrival begunAt(String origin) {
        return new Arrival(topic, partition, offset, lineage.begunAt(origin));
    }

    /** @param id of the message, by its value */
    public Arrival causedBy(String id) {
        return new Arrival(topic, partition, offset, lineage.causedBy(id));
    }
}
