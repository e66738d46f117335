package dev.sluice.bench.gate;

import dev.sluice.schemas.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic that all read, from its beginning to its end.
 *
 * @param prefix of its name, and of the names of those beside it
 * @param services whose events it has
 * @param eventsPerSecond by the times of its records, all services together
 * @param start the append time of its first record
 * @param analyses how many are open where any are
 */
public record Course(
        String bootstrapServers,
        String prefix,
        int partitions,
        int services,
        int eventsPerSecond,
        long events,
        Instant start,
        int analyses) {
    /** What the gate sets, for everyone: larger batches are fairer to the simple ones. */
    private static final int MAX_POLL_RECORDS = 4000;

    private static final int FETCH_MAX_BYTES = 8 << 20;

    String topic() {
        return Topic.METRICS.name(prefix);
    }

    /** The append time of a record. */
    Instant timeOf(long event) {
        return start.plusNanos(event * (1_000_000_000L / eventsPerSecond));
    }

    /** The same with another number of open analyses. */
    Course withAnalyses(int number) {
        return new Course(bootstrapServers, prefix, partitions, services, eventsPerSecond, events, start, number);
    }

    String words() {
        return "%s %s %d %d %d %d %s %d"
                .formatted(bootstrapServers, prefix, partitions, services, eventsPerSecond, events, start, analyses);
    }

    static Course of(String[] words) {
        return new Course(
                words[0],
                words[1],
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Long.parseLong(words[5]),
                Instant.parse(words[6]),
                Integer.parseInt(words[7]));
    }

    /** A consumer that is about to read everything from the beginning. */
    KafkaConsumer<byte[], byte[]> consumer() {
        var consumer =
                new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic(), number))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    Map<String, Object> consumerSettings() {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
        return settings;
    }
}
