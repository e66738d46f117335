package dev.sluice.bench.applier;

import dev.sluice.bench.rig.FloorHop;
import dev.sluice.bench.rig.Lookout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What no applier can beat: a message read, one PUT, a message written. */
final class BareApplier implements AutoCloseable {
    /** About what Sluice's own messages have. */
    private static final byte[] PAYLOAD = "x".repeat(800).getBytes(StandardCharsets.US_ASCII);

    private static final long LIMIT_SECONDS = 60;

    private final FloorObjects objects;
    private final String orders;
    private final String reports;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Semaphore reported = new Semaphore(0);
    private final List<FloorHop> hops;
    private int percent;

    /** @param name makes its topics its own */
    BareApplier(FloorObjects objects, String bootstrapServers, String name) throws InterruptedException {
        this.objects = objects;
        this.orders = "bench-orders-" + name;
        this.reports = "bench-reports-" + name;
        createTopics(bootstrapServers);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        // it has nobody else to tell: what goes wrong shows as what is not reported
        var lookout = new Lookout();
        hops = List.of(
                new FloorHop(bootstrapServers, orders, this::carryOut, lookout),
                new FloorHop(bootstrapServers, reports, reported::release, lookout));
    }

    private void carryOut() {
        try {
            objects.write(0, percent);
            send(reports);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From a message sent to the report read. */
    long nanos() throws InterruptedException {
        percent = percent % 99 + 1;
        var began = System.nanoTime();
        send(orders);
        if (!reported.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the bare way broke off");
        }
        return System.nanoTime() - began;
    }

    private void send(String topic) {
        var unused = producer.send(new ProducerRecord<>(topic, PAYLOAD));
    }

    private void createTopics(String bootstrapServers) throws InterruptedException {
        var topics = List.of(new NewTopic(orders, 1, (short) 1), new NewTopic(reports, 1, (short) 1));
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the bare way's topics", e);
        }
    }

    @Override
    public void close() {
        hops.forEach(FloorHop::close);
        producer.close();
    }
}
