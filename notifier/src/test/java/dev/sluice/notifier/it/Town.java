package dev.sluice.notifier.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.notifier.Statuses;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of their own for one test: what the engine writes there, and what the notifier remembers. */
final class Town implements AutoCloseable {
    private final Map<String, Object> broker;
    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final MessageWriter writer;
    private int written;

    Town(String brokers, String prefix) {
        this.broker = Map.of("bootstrap.servers", brokers);
        this.prefix = prefix;
        SluiceTopics.create(brokers, prefix);
        producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
        writer = new MessageWriter("sluice/rollout-engine", prefix);
    }

    static Status status(String application, long version, Phase phase, Instant decided) {
        return Statuses.changed(
                "awaiting-approval",
                json -> json.put("application", application)
                        .put("version", version)
                        .put("phase", phase.word())
                        .put("updatedAt", decided.toString()));
    }

    void publish(Status... statuses) {
        for (var status : statuses) {
            send(writer.write(MessageType.STATUS, status, "s" + written++, status.updatedAt()));
        }
    }

    /** What is no status. */
    void publishRubbish(String application) {
        send(new ProducerRecord<>(
                prefix + "status",
                (application + "/prod").getBytes(StandardCharsets.UTF_8),
                "{\"rubbish\": 1}".getBytes(StandardCharsets.UTF_8)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest entry of each target, by its key. */
    Map<String, JsonNode> ledger() {
        var entries = new HashMap<String, JsonNode>();
        try (var consumer = new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, SluiceTopics.PARTITIONS)
                    .mapToObj(each -> new TopicPartition(prefix + "notifications", each))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (!isAt(consumer, ends)) {
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    entries.put(
                            new String(record.key(), StandardCharsets.UTF_8),
                            Json.mapper().readTree(record.value()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What became of a target's messages in one channel, the oldest first. */
    List<String> deliveries(String application, String channel) {
        var entry = ledger().get(application + "/prod");
        return entry == null
                ? List.of()
                : entry.path("messages").findValues("deliveries").stream()
                        .filter(each -> each.has(channel))
                        .map(each -> each.path(channel).path("state").asText())
                        .toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
