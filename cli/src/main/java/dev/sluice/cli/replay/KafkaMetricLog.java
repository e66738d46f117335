package dev.sluice.cli.replay;

import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.kafka.Brokers;
import dev.sluice.cli.engine.kafka.Stretch;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Keys;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** The two topics that a gate reads. */
public record KafkaMetricLog(Brokers brokers) implements MetricLog {
    @Override
    public Part between(String application, String target, Instant from, Instant to) throws Stop {
        var topics = List.of(Topic.METRICS.name(brokers.prefix()), Topic.METRICS_PLACED.name(brokers.prefix()));
        return new Read(brokers.between(topics, Keys.applicationTarget(application, target), from, to));
    }

    private record Read(Stretch stretch) implements Part {
        @Override
        public Instant completeSince() {
            return stretch.completeSince();
        }

        @Override
        public boolean isDone() {
            return stretch.isDone();
        }

        @Override
        public long readToMillis() {
            return stretch.readToMillis();
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> next() throws Stop {
            try {
                return stretch.next();
            } catch (KafkaException e) {
                throw Stop.forNow(
                        "Kafka stopped answering while the metrics were read (" + e.getMessage() + "): try again");
            }
        }

        @Override
        public void close() {
            stretch.close();
        }
    }
}
