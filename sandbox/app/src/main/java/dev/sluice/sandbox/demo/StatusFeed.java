package dev.sluice.sandbox.demo;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code rollout.status} from the beginning, and refusals from {@code rollout.audit}, as a dashboard would. */
public final class StatusFeed implements AutoCloseable {
    private static final String STATUS = Topic.STATUS.name(Topic.DEFAULT_PREFIX);
    private static final String AUDIT = Topic.AUDIT.name(Topic.DEFAULT_PREFIX);

    private final List<Consumer<Status>> onStatus = new CopyOnWriteArrayList<>();
    private final List<Consumer<Audit>> onRejected = new CopyOnWriteArrayList<>();
    private final MessageReader reader = new MessageReader();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;

    public StatusFeed(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        thread = Thread.ofPlatform().daemon().name("status-feed").start(this::run);
    }

    /** Hears of every status from now on, on the feed's thread. */
    public void onStatus(Consumer<Status> listener) {
        onStatus.add(listener);
    }

    /** Hears of every command that was refused. */
    public void onRejected(Consumer<Audit> listener) {
        onRejected.add(listener);
    }

    private void run() {
        try (consumer) {
            var partitions = List.of(STATUS, AUDIT).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(this::seen);
            }
        } catch (WakeupException | InterruptException closed) {
            // closed
        }
    }

    private void seen(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(STATUS)
                && reader.read(MessageType.STATUS, record.value(), record.headers())
                        instanceof Reading.Message<Status>(var status, var attributes)) {
            onStatus.forEach(listener -> listener.accept(status));
        } else if (record.topic().equals(AUDIT)
                && reader.read(MessageType.AUDIT, record.value(), record.headers())
                        instanceof Reading.Message<Audit>(var audit, var attributes)
                && audit.decision().equals("Rejected")) {
            onRejected.forEach(listener -> listener.accept(audit));
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
