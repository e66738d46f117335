package dev.sluice.bench.rig;

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

/** Publishes commands and metric events as any outsider would: plain JSON by a bare producer, acks all. */
public final class Publisher implements AutoCloseable {
    private static final String COMMANDS = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final String METRICS = Topic.METRICS.name(Topic.DEFAULT_PREFIX);

    private static final int BREAKING_REQUESTS = 100_000;

    private final RolloutFile file;
    private final Lookout lookout;
    private final KafkaProducer<byte[], byte[]> producer;
    private final int metricPartitions;

    /** @param linger how long the producer collects records before it sends them; zero where latency is measured */
    public Publisher(String bootstrapServers, Duration linger, RolloutFile file, Lookout lookout) {
        this.file = file;
        this.lookout = lookout;
        producer = producer(bootstrapServers, linger);
        // also fetches what the first send would wait for
        metricPartitions = producer.partitionsFor(METRICS).size();
        producer.partitionsFor(COMMANDS);
    }

    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, Duration linger) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        linger.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public void start(Canary canary) {
        var start = command("start", canary.rollout(), canary);
        start.put("revision", canary.rollout());
        start.set("rollout", file.of(canary.service()));
        send(COMMANDS, null, canary.application(), start);
    }

    public void abort(Canary canary) {
        send(
                COMMANDS,
                null,
                canary.application(),
                command("abort", UUID.randomUUID().toString(), canary));
    }

    public void approve(Canary canary) {
        approve(canary, UUID.randomUUID().toString());
    }

    /** @param id of the command, by which its decision is found on audit */
    public void approve(Canary canary, String id) {
        send(COMMANDS, null, canary.application(), command("approve", id, canary));
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
    public void requests(String application, String variant, String code, int count) {
        requests(application, variant, code, count, 0);
    }

    /** Errors of the canary, enough to break its limit whatever was counted before. */
    public void breaking(Canary canary) {
        requests(canary.application(), "canary", "500", BREAKING_REQUESTS, 0);
    }

    /** The same on a partition that is not its series', as a client with another partitioner would send it. */
    public void misplacedBreaking(Canary canary) {
        requests(canary.application(), "canary", "500", BREAKING_REQUESTS, 1);
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
