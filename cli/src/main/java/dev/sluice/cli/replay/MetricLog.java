package dev.sluice.cli.replay;

import dev.sluice.cli.Stop;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The log of metric events, as far as it is kept. */
public interface MetricLog {
    /** What was appended to the partitions of this target's series; to be closed. */
    Part between(String application, String target, Instant from, Instant to) throws Stop;

    /** Read once, from its beginning to its end. */
    interface Part extends AutoCloseable {
        /** What was appended before is no longer there, or not all of it. */
        Instant completeSince();

        boolean isDone();

        /** Every record that was appended before has been given. */
        long readToMillis();

        List<ConsumerRecord<byte[], byte[]>> next() throws Stop;

        @Override
        void close();
    }
}
