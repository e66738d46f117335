package dev.sluice.engine.kafka;

import dev.sluice.schemas.Topic;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition, in order, to be worked off in one transaction.
 *
 * @param topicId the broker's id of the topic: a topic made anew under the same name has another
 * @param expected the stored offset that this instance believes in; the records are at or above it
 */
public record PartitionBatch(
        Topic topic,
        TopicPartition partition,
        String topicId,
        long expected,
        List<ConsumerRecord<byte[], byte[]>> records) {
    public PartitionBatch {
        records = List.copyOf(records);
    }

    /** Where the partition goes on once this batch is stored. Offsets between records may be missing. */
    public long next() {
        return records.getLast().offset() + 1;
    }

    public PartitionBatch firstHalf() {
        return new PartitionBatch(topic, partition, topicId, expected, records.subList(0, records.size() / 2));
    }

    /** The rest of it, once the first half is stored. */
    public PartitionBatch secondHalf(long nowExpected) {
        return new PartitionBatch(
                topic, partition, topicId, nowExpected, records.subList(records.size() / 2, records.size()));
    }

    /** Its records below this offset. */
    public PartitionBatch before(long offset) {
        return new PartitionBatch(
                topic,
                partition,
                topicId,
                expected,
                records.stream().filter(record -> record.offset() < offset).toList());
    }

    /** One of its records alone, believed to come after {@code expected}. */
    public PartitionBatch only(ConsumerRecord<byte[], byte[]> record, long expected) {
        return new PartitionBatch(topic, partition, topicId, expected, List.of(record));
    }
}
