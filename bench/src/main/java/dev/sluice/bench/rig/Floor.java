package dev.sluice.bench.rig;

import dev.sluice.sandbox.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What no implementation on these parts can beat: a message handed from topic to topic by bare clients, one durable
 * commit before the last hop, one PUT after it, and the same watch that sees it. A shorter way starts at a later topic.
 */
public final class Floor implements AutoCloseable {
    private static final String TOPIC = "bench-floor-";
    private static final int LONGEST_HOPS = 4;
    /** About what Sluice's own messages have. */
    private static final byte[] PAYLOAD = "x".repeat(800).getBytes(StandardCharsets.US_ASCII);

    private final Lookout lookout;
    private final KafkaProducer<byte[], byte[]> producer;
    private final FloorCommit commit;
    private final FloorPut put;
    private final List<FloorHop> hops = new ArrayList<>();
    private int percent;

    public Floor(Platform platform, Lookout lookout) throws InterruptedException {
        this.lookout = lookout;
        var bootstrapServers = platform.kafka().bootstrapServers();
        createTopics(bootstrapServers);
        producer = Publisher.producer(bootstrapServers, Duration.ZERO);
        commit = new FloorCommit(platform.postgres());
        put = new FloorPut(platform.client());
        for (int hop = 0; hop < LONGEST_HOPS; hop++) {
            hops.add(new FloorHop(bootstrapServers, topic(hop), after(hop), lookout));
        }
    }

    private Runnable after(int hop) {
        if (hop == LONGEST_HOPS - 1) {
            return () -> put.write(percent);
        }
        // The one that decides is the one before the last, as the engine is before the applier.
        return hop == LONGEST_HOPS - 2
                ? () -> {
                    commit.insert(PAYLOAD);
                    send(hop + 1);
                }
                : () -> send(hop + 1);
    }

    /** Times one way of so many hops. */
    public Sample measure(int length) throws InterruptedException {
        percent = percent % 100 + 1;
        var first = LONGEST_HOPS - length;
        var seen = lookout.expect(Awaited.split(Names.application(Names.FLOOR), percent));
        var began = System.nanoTime();
        send(first);
        var end = seen.await().nanos();
        var marks = new ArrayList<>(IntStream.range(first + 1, LONGEST_HOPS)
                .mapToObj(hop -> hops.get(hop).receivedNanos())
                .toList());
        marks.add(end);
        return new Sample(began, marks);
    }

    private void send(int hop) {
        var unused = producer.send(new ProducerRecord<>(topic(hop), PAYLOAD), (sent, failure) -> {
            if (failure != null) {
                lookout.gone("the floor cannot publish: " + failure.getMessage());
            }
        });
    }

    private static String topic(int hop) {
        return TOPIC + (hop + 1);
    }

    private static void createTopics(String bootstrapServers) throws InterruptedException {
        var topics = IntStream.range(0, LONGEST_HOPS)
                .mapToObj(hop -> new NewTopic(topic(hop), 1, (short) 1))
                .toList();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the floor's topics", e);
        }
    }

    @Override
    public void close() {
        hops.forEach(FloorHop::close);
        producer.close();
        commit.close();
    }
}
