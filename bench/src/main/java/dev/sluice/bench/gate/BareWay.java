package dev.sluice.bench.gate;

import dev.sluice.bench.rig.FloorHop;
import dev.sluice.bench.rig.Lookout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The way from a metric event to its verdict gone by bare clients that decide nothing: a record is read and another is written,
 * which is read. And half of it, a record that is written and read.
 */
final class BareWay implements AutoCloseable {
    private static final String THERE = "bench-bare-there";
    private static final String BACK = "bench-bare-back";
    /** About what a metric event has, and a verdict. */
    private static final byte[] EVENT = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VERDICT = "x".repeat(800).getBytes(StandardCharsets.US_ASCII);
    private static final long LIMIT_SECONDS = 30;

    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaProducer<byte[], byte[]> answering;
    private final FloorHop there;
    private final FloorHop back;

    BareWay(String bootstrapServers) throws InterruptedException {
        makeTopics(bootstrapServers);
        producer = producer(bootstrapServers);
        answering = producer(bootstrapServers);
        var lookout = new Lookout();
        there = new FloorHop(bootstrapServers, THERE, () -> send(answering, BACK, VERDICT), lookout);
        back = new FloorHop(bootstrapServers, BACK, () -> arrivals.add(System.nanoTime()), lookout);
    }

    private static void makeTopics(String bootstrapServers) throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(THERE, 1, (short) 1), new NewTopic(BACK, 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics of the bare way cannot be made", e);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Written, read, answered and the answer read: nanoseconds. */
    long roundTrip() throws InterruptedException {
        return nanos(THERE, EVENT);
    }

    /** Written and read: nanoseconds. */
    long hop() throws InterruptedException {
        return nanos(BACK, EVENT);
    }

    private long nanos(String topic, byte[] value) throws InterruptedException {
        var began = System.nanoTime();
        send(producer, topic, value);
        var arrived = arrivals.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (arrived == null) {
            throw new IllegalStateException("the bare way was not gone within %d s".formatted(LIMIT_SECONDS));
        }
        return arrived - began;
    }

    private static void send(KafkaProducer<byte[], byte[]> by, String topic, byte[] value) {
        var unused = by.send(new ProducerRecord<>(topic, value));
    }

    @Override
    public void close() {
        there.close();
        back.close();
        producer.close();
        answering.close();
    }
}
