package dev.sluice.bench.gate;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees verdicts come, as the engine would, and remembers when the first failing one of an application came that is waited for. */
final class Verdicts implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Map<String, CompletableFuture<Long>> expected = new ConcurrentHashMap<>();
    private final MessageReader reader = new MessageReader();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Thread thread;

    /** Returns when nothing written later can be missed. */
    Verdicts(Course course) throws InterruptedException {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", course.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        thread = Thread.ofPlatform().daemon().name("verdicts").start(() -> run(Topic.VERDICTS.name(course.prefix())));
        open.await();
    }

    private void run(String topic) {
        try (consumer) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            open.countDown();
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                var nanos = System.nanoTime();
                records.forEach(record -> seen(record, nanos));
            }
        } catch (WakeupException | InterruptException closed) {
            // closed
        } finally {
            open.countDown();
        }
    }

    /** What nobody waits for is not even parsed. */
    private void seen(ConsumerRecord<byte[], byte[]> record, long nanos) {
        var waiting = expected.get(new String(record.key(), StandardCharsets.UTF_8));
        if (waiting != null
                && reader.read(MessageType.VERDICT, record.value(), record.headers())
                        instanceof Reading.Message(var verdict, var attributes)
                && verdict.outcome() == Outcome.FAIL) {
            waiting.complete(nanos);
        }
    }

    /** From now on; wait for it with {@link #await}. */
    void expect(String application) {
        expected.put(application, new CompletableFuture<>());
    }

    /** @return when it came, by {@link System#nanoTime} */
    long await(String application) throws InterruptedException {
        try {
            return expected.get(application).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(
                    "no failing verdict of %s within %d s".formatted(application, LIMIT.toSeconds()), e);
        } finally {
            expected.remove(application);
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
