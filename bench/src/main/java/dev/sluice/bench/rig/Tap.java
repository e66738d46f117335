package dev.sluice.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
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
public final class Tap implements AutoCloseable {
    /** What a journey is made of. */
    static final Set<Topic> JOURNEYS =
            Set.of(Topic.METRICS_PLACED, Topic.VERDICTS, Topic.WEIGHTS, Topic.STATUS, Topic.AUDIT);

    private final Lookout lookout;
    private final Map<String, Topic> topics;
    private final Map<Topic, LongAdder> counts = new EnumMap<>(Topic.class);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Thread thread;

    /** Returns when nothing written later can be missed. */
    Tap(String bootstrapServers, Set<Topic> topics, Lookout lookout) throws InterruptedException {
        this.lookout = lookout;
        this.topics = topics.stream()
                .collect(Collectors.toUnmodifiableMap(topic -> topic.name(Topic.DEFAULT_PREFIX), Function.identity()));
        topics.forEach(topic -> counts.put(topic, new LongAdder()));
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

    /** Records seen so far of every topic that is read here. */
    public Map<Topic, Long> counts() {
        var sums = new EnumMap<Topic, Long>(Topic.class);
        counts.forEach((topic, count) -> sums.put(topic, count.sum()));
        return sums;
    }

    private void run() {
        try (consumer) {
            var partitions = topics.keySet().stream()
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
        var topic = topics.get(record.topic());
        counts.get(topic).increment();
        if (record.value() == null || !isExpected(topic, record.key())) {
            return;
        }
        try {
            var value = Json.mapper().readTree(record.value());
            var application = value.path("application").asText();
            lookout.seen(new Sighting.Message(topic, application, value, nanos));
            stopIfRefused(topic, value);
        } catch (IOException e) {
            lookout.gone("unreadable record on " + record.topic() + ": " + e.getMessage());
        }
    }

    /** By the key that Sluice gives its records, so that what nobody waits for is not even parsed. */
    private boolean isExpected(Topic topic, byte[] key) {
        var text = new String(key, StandardCharsets.UTF_8);
        return switch (topic.key()) {
            case APPLICATION -> lookout.isExpecting(text);
            case APPLICATION_TARGET -> lookout.isExpecting(text.substring(0, Math.max(0, text.lastIndexOf('/'))));
            case ROUTE -> true;
        };
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
