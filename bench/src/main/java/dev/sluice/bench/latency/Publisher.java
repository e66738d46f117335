package dev.sluice.bench.latency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes commands and metric events as any outsider would: plain JSON by a bare producer, acks all, no linger. */
final class Publisher implements AutoCloseable {
    private static final String COMMANDS = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final String METRICS = Topic.METRICS.name(Topic.DEFAULT_PREFIX);

    private final Lookout lookout;
    private final KafkaProducer<byte[], byte[]> producer;
    private final int metricPartitions;

    Publisher(String bootstrapServers, Lookout lookout) {
        this.lookout = lookout;
        producer = producer(bootstrapServers);
        // also fetches what the first send would wait for
        metricPartitions = producer.partitionsFor(METRICS).size();
        producer.partitionsFor(COMMANDS);
    }

    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void start(Canary canary) {
        var start = command("start", canary.rollout(), canary);
        start.put("revision", canary.rollout());
        start.set("rollout", RolloutFile.of(canary.service()));
        send(COMMANDS, null, canary.application(), start);
    }

    void abort(Canary canary) {
        send(
                COMMANDS,
                null,
                canary.application(),
                command("abort", UUID.randomUUID().toString(), canary));
    }

    void approve(Canary canary) {
        send(
                COMMANDS,
                null,
                canary.application(),
                command("approve", UUID.randomUUID().toString(), canary));
    }

    private static ObjectNode command(String type, String id, Canary canary) {
        return Json.mapper()
                .createObjectNode()
                .put("id", id)
                .put("type", type)
                .put("application", canary.application())
                .put("actor", "bench");
    }

    /** Requests that were counted since the last such event, on the partition of their series. */
    void requests(String application, String variant, String code, int count) {
        requests(application, variant, code, count, 0);
    }

    /** The same on a partition that is not its series', as a client with another partitioner would send it. */
    void misplacedRequests(String application, String variant, String code, int count) {
        requests(application, variant, code, count, 1);
    }

    private void requests(String application, String variant, String code, int count, int partitionsOff) {
        var event = Json.mapper()
                .createObjectNode()
                .put("application", application)
                .put("target", Names.TARGET)
                .put("variant", variant)
                .put("metric", "http_requests")
                .put("count", count);
        event.putObject("labels").put("code", code);
        var key = Keys.applicationTarget(application, Names.TARGET);
        var partition = (Keys.partition(key, metricPartitions) + partitionsOff) % metricPartitions;
        send(METRICS, partition, key, event);
    }

    private void send(String topic, Integer partition, String key, ObjectNode value) {
        var record = new ProducerRecord<>(
                topic,
                partition,
                key.getBytes(StandardCharsets.UTF_8),
                value.toString().getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(record, (sent, failure) -> {
            if (failure != null) {
                lookout.gone("not published on " + topic + ": " + failure.getMessage());
            }
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
