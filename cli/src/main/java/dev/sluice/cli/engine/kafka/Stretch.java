package dev.sluice.cli.engine.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** What was appended to some partitions between two times. They are read side by side, so that none gets far ahead. */
public final class Stretch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long AHEAD_MILLIS = 5_000;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    /** Up to when each has been read; without those that are done. */
    private final Map<TopicPartition, Long> readTo = new HashMap<>();

    private final long toMillis;
    private Instant completeSince = Instant.EPOCH;
    private long heardNanos = System.nanoTime();

    /** Takes the consumer over. */
    Stretch(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant from, Instant to) {
        this.consumer = consumer;
        this.toMillis = to.toEpochMilli();
        consumer.assign(partitions);
        ends.putAll(consumer.endOffsets(partitions));
        var beginnings = consumer.beginningOffsets(partitions);
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, from.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, first) -> {
            if (first != null) {
                consumer.seek(partition, first.offset());
                readTo.put(partition, from.toEpochMilli());
                noteWhatIsGone(first, beginnings.get(partition));
            }
        });
        partitions.stream().filter(partition -> !readTo.containsKey(partition)).forEach(this::leave);
    }

    /** Where the log begins with what is asked for, it may have had more. */
    private void noteWhatIsGone(OffsetAndTimestamp first, long beginning) {
        var since = Instant.ofEpochMilli(first.timestamp());
        if (beginning > 0 && first.offset() == beginning && since.isAfter(completeSince)) {
            completeSince = since;
        }
    }

    private void leave(TopicPartition partition) {
        readTo.remove(partition);
        consumer.pause(List.of(partition));
    }

    /** What was appended before is no longer there, or not all of it. */
    public Instant completeSince() {
        return completeSince;
    }

    public boolean isDone() {
        return readTo.isEmpty();
    }

    /** Every record that was appended before has been given. */
    public long readToMillis() {
        return readTo.values().stream().mapToLong(time -> time).min().orElse(Long.MAX_VALUE);
    }

    /** @throws TimeoutException where the brokers say nothing any more */
    public List<ConsumerRecord<byte[], byte[]>> next() {
        var limit = readToMillis() + AHEAD_MILLIS;
        readTo.forEach((partition, time) -> {
            if (time > limit) {
                consumer.pause(List.of(partition));
            } else {
                consumer.resume(List.of(partition));
            }
        });
        var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (var record : consumer.poll(POLL)) {
            heardNanos = System.nanoTime();
            if (record.timestamp() <= toMillis) {
                read.add(record);
            }
            readTo.computeIfPresent(
                    new TopicPartition(record.topic(), record.partition()),
                    (partition, time) -> Math.max(time, record.timestamp()));
        }
        List.copyOf(readTo.entrySet()).stream()
                .filter(one -> one.getValue() > toMillis || consumer.position(one.getKey()) >= ends.get(one.getKey()))
                .forEach(one -> leave(one.getKey()));
        if (System.nanoTime() - heardNanos > LONGEST_SILENCE.toNanos() && !isDone()) {
            throw new TimeoutException("nothing came for " + LONGEST_SILENCE.toSeconds() + " s");
        }
        return read;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
