package dev.sluice.bench.applier;

import dev.sluice.bench.rig.Names;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** In the engine's place: sends orders as it does, for applications that it knows nothing of. */
final class Orders implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofHours(1);

    private final Way way;
    private final long generation = System.currentTimeMillis();
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();
    private final MessageWriter writer = new MessageWriter("bench", Topic.DEFAULT_PREFIX);
    private final KafkaProducer<byte[], byte[]> producer;

    Orders(Way way, String bootstrapServers) {
        this.way = way;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.partitionsFor(Topic.WEIGHTS.name(Topic.DEFAULT_PREFIX));
    }

    WeightOrder begin(String service) {
        return send(service, 0, true);
    }

    WeightOrder weigh(String service, int percent) {
        return send(service, percent, false);
    }

    private WeightOrder send(String service, int percent, boolean begin) {
        var order = order(service, percent, begin);
        var record = writer.write(MessageType.WEIGHT_ORDER, order, order.route() + order.fence(), Instant.now());
        var unused = producer.send(record);
        return order;
    }

    private WeightOrder order(String service, int percent, boolean begin) {
        var named = way.named(service);
        return new WeightOrder(
                "bench-" + service,
                Names.application(service),
                Names.TARGET,
                Names.CLUSTER,
                Names.NAMESPACE,
                named.identity(Names.CLUSTER, Names.NAMESPACE),
                generation,
                sequences.merge(service, 1L, Long::sum),
                named.active(),
                named.canary(),
                Weight.percent(percent),
                null,
                begin,
                null,
                false,
                Instant.now().plus(DEADLINE),
                null,
                null,
                Readiness.DEFAULT,
                OnEndpointsLost.ROLLBACK,
                FirstDeployment.STEPS,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                Map.of(way.mesh(), named.entry()));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
