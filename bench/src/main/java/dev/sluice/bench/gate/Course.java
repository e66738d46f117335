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
 * @param start the append time of its first record
 * @param analyses how many are open where any are
 */
public record Course(String bootstrapServers, int partitions, long events, Instant start, int analyses) {
    public static final String PREFIX = "bench.";

    /** What the gate sets, for everyone: larger batches are fairer to the simple ones. */
    private static final int MAX_POLL_RECORDS = 4000;

    private static final int FETCH_MAX_BYTES = 8 << 20;

    static String topic() {
        return Topic.METRICS.name(PREFIX);
    }

    String words() {
        return "%s %d %d %s %d".formatted(bootstrapServers, partitions, events, start, analyses);
    }

    static Course of(String[] words) {
        return new Course(
                words[0],
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                Instant.parse(words[3]),
                Integer.parseInt(words[4]));
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
