package dev.sluice.cli.engine.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One topic, read record by record. */
public final class Log implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    /** @param ends where each partition ended when it was opened */
    Log(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = Map.copyOf(ends);
    }

    public Iterable<ConsumerRecord<byte[], byte[]>> next() {
        return consumer.poll(POLL);
    }

    /** Whether everything has been read that was there when it was opened. */
    public boolean hasCaughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
