package dev.sluice.bench.gate;

import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.rig.Sluice;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The gate's service as it is deployed, the only one that runs; analyses are opened and events are sent by bare clients. */
final class DeployedGate implements AutoCloseable {
    static final int PARTITIONS = SluiceTopics.PARTITIONS;

    private final MessageWriter writer = new MessageWriter("sluice/bench", Topic.DEFAULT_PREFIX);
    private final Sluice sluice;
    private final KafkaProducer<byte[], byte[]> producer;

    private DeployedGate(Sluice sluice) {
        this.sluice = sluice;
        this.producer = producer(Duration.ZERO);
    }

    /** Returns when it is ready for work. */
    static DeployedGate start(BenchSettings settings, Consumer<String> say) {
        return new DeployedGate(Sluice.start(settings, List.of(SluiceService.GATE), say));
    }

    String bootstrapServers() {
        return sluice.platform().kafka().bootstrapServers();
    }

    /** Tells the gate, on the topic that the engine does it on. */
    void open(AnalysisSet set) {
        var unused = producer.send(
                writer.write(MessageType.ANALYSIS_SET, set, UUID.randomUUID().toString(), Instant.now()));
    }

    /** Sends a metric event at once. */
    void send(int service, String event) {
        var unused = producer.send(record(service, event));
    }

    /** Of a metric event, to where Java's partitioner puts its key. */
    static ProducerRecord<byte[], byte[]> record(int service, String event) {
        var key = Keys.applicationTarget(ShopTraffic.application(service), ShopTraffic.target());
        return new ProducerRecord<>(
                Topic.METRICS.name(Topic.DEFAULT_PREFIX),
                Keys.partition(key, PARTITIONS),
                key.getBytes(StandardCharsets.UTF_8),
                event.getBytes(StandardCharsets.UTF_8));
    }

    /** @param linger how long it collects records before it sends them */
    KafkaProducer<byte[], byte[]> producer(Duration linger) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "acks", "all", "linger.ms", linger.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() {
        producer.close();
        sluice.close();
    }
}
