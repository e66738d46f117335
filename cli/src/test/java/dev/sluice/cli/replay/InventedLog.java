package dev.sluice.cli.replay;

import dev.sluice.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A log of metrics in memory, written in any order and read as Kafka gives it: each topic in the order of its records. */
final class InventedLog implements MetricLog {
    private static final String METRICS = Topic.METRICS.name(Topic.DEFAULT_PREFIX);
    private static final String PLACED = Topic.METRICS_PLACED.name(Topic.DEFAULT_PREFIX);
    private static final int AT_ONCE = 100;

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private Instant begins = Instant.EPOCH;
    private long offset;

    /** A count of one side. */
    void count(Instant time, String side, String code, double count) {
        metric(time, event("\"variant\":\"%s\"".formatted(side), code, count));
    }

    /** The same, of whoever runs the revision. */
    void countOf(Instant time, String revision, String code, double count) {
        metric(time, event("\"revision\":\"%s\"".formatted(revision), code, count));
    }

    static String event(String whose, String code, double count) {
        return "{\"application\":\"%s\",\"target\":\"prod\",%s,\"metric\":\"http_requests\",\"labels\":{\"code\":\"%s\"},\"count\":%s}"
                .formatted(Recording.APPLICATION, whose, code, count);
    }

    /** @param value null: a tombstone */
    void metric(Instant time, String value) {
        records.add(record(METRICS, offset++, time, value, new RecordHeaders()));
    }

    /** What was first elsewhere then, and is here now. */
    void sentOn(Instant first, Instant now, String value) {
        var headers = new RecordHeaders();
        headers.add("sluice-origin", bytes(METRICS + "/7/" + offset + "/0"));
        headers.add("sluice-time", bytes(first.toString()));
        records.add(record(PLACED, offset++, now, value, headers));
    }

    /** What was written so far stands there twice. */
    void writeTwice() {
        records.addAll(List.copyOf(records));
    }

    /** What came in before is gone. */
    void forgetBefore(Instant time) {
        begins = time;
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, long offset, Instant time, String value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                time.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                value == null ? null : bytes(value),
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Part between(String application, String target, Instant from, Instant to) {
        var kept = records.stream()
                .filter(record -> record.timestamp() >= Math.max(begins.toEpochMilli(), from.toEpochMilli()))
                .filter(record -> record.timestamp() <= to.toEpochMilli())
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .toList();
        return new Read(kept, begins);
    }

    private static final class Read implements Part {
        private final List<ConsumerRecord<byte[], byte[]>> kept;
        private final Instant begins;
        private int read;

        Read(List<ConsumerRecord<byte[], byte[]>> kept, Instant begins) {
            this.kept = kept;
            this.begins = begins;
        }

        @Override
        public Instant completeSince() {
            return begins;
        }

        @Override
        public boolean isDone() {
            return read == kept.size();
        }

        @Override
        public long readToMillis() {
            return isDone() ? Long.MAX_VALUE : kept.get(read).timestamp();
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> next() {
            var end = Math.min(kept.size(), read + AT_ONCE);
            var next = kept.subList(read, end);
            read = end;
            return next;
        }

        @Override
        public void close() {}
    }
}
