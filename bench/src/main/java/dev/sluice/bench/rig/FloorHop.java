package dev.sluice.bench.rig;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A bare consumer of one topic that does one thing with every record, on a thread of its own. */
public final class FloorHop implements AutoCloseable {
    private final TopicPartition partition;
    private final Runnable next;
    private final Lookout lookout;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Thread thread;
    private volatile long receivedNanos;

    /** Returns when nothing sent later can be missed. */
    public FloorHop(String bootstrapServers, String topic, Runnable next, Lookout lookout) throws InterruptedException {
        this.partition = new TopicPartition(topic, 0);
        this.next = next;
        this.lookout = lookout;
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().daemon().name("hop-" + topic).start(this::run);
        open.await();
    }

    /** When the newest record came. */
    long receivedNanos() {
        return receivedNanos;
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition);
            open.countDown();
            while (true) {
                for (var ignored : consumer.poll(Duration.ofSeconds(1))) {
                    receivedNanos = System.nanoTime();
                    next.run();
                }
            }
        } catch (WakeupException | InterruptException closed) {
            // closed
        } catch (RuntimeException e) {
            lookout.gone("the floor's hop over " + partition + " ended: " + e.getMessage());
        } finally {
            open.countDown();
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
