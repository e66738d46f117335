package dev.sluice.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees what the services write to each other, from now on, as their own consumers do: committed records only. */
final class Tap implements AutoCloseable {
    private static final Map<String, Topic> TOPICS =
            List.of(Topic.METRICS_PLACED, Topic.VERDICTS, Topic.WEIGHTS, Topic.STATUS, Topic.AUDIT).stream()
                    .collect(Collectors.toUnmodifiableMap(
                            topic -> topic.name(Topic.DEFAULT_PREFIX), Function.identity()));

    private final Lookout lookout;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Thread thread;

    /** Returns when nothing written later can be missed. */
    Tap(String bootstrapServers, Lookout lookout) throws InterruptedException {
        this.lookout = lookout;
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        thread = Thread.ofPlatform().daemon().name("tap").start(this::run);
        open.await();
    }

    private void run() {
        try (consumer) {
            var partitions = TOPICS.keySet().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            open.countDown();
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                var nanos = System.nanoTime();
                records.forEach(record -> seen(record, nanos));
            }
        } catch (WakeupException | InterruptException closed) {
            // closed
        } catch (KafkaException e) {
            lookout.gone("the tap on Kafka ended: " + e.getMessage());
        } finally {
            open.countDown();
        }
    }

    private void seen(ConsumerRecord<byte[], byte[]> record, long nanos) {
        if (record.value() == null) {
            return;
        }
        try {
            var value = Json.mapper().readTree(record.value());
            var application = value.path("application").asText();
            lookout.seen(new Sighting.Message(TOPICS.get(record.topic()), application, value, nanos));
            stopIfRefused(TOPICS.get(record.topic()), value);
        } catch (IOException e) {
            lookout.gone("unreadable record on " + record.topic() + ": " + e.getMessage());
        }
    }

    /** A refusal would otherwise show as something that is never seen. */
    private void stopIfRefused(Topic topic, JsonNode value) {
        if (topic == Topic.AUDIT && value.path("decision").asText().equals("Rejected")) {
            lookout.gone("a command was refused: " + value.path("reason").asText() + " " + value.path("errors"));
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
