package dev.sluice.triggers.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Tells the {@link Reach} of every poll. Kafka's client makes it, by its name. */
public final class PollWatch implements ConsumerInterceptor<byte[], byte[]> {
    static final String REACH = "sluice.reach";

    private Reach reach;

    @Override
    public void configure(Map<String, ?> configs) {
        reach = (Reach) configs.get(REACH);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        reach.polled(records.count());
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // nothing is committed
    }

    @Override
    public void close() {
        // nothing is held
    }
}
