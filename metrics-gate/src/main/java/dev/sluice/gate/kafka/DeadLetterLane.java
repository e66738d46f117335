package dev.sluice.gate.kafka;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * Writes dead letters, on a thread and by a producer of its own: a dead-letter topic that is missing or can't be written
 * ends no judging, and delays the commits by no more than one try each {@link #AVOIDANCE}. What could not be written is
 * counted and logged with its place: the record itself is still where it was read.
 */
final class DeadLetterLane implements AutoCloseable {
    static final Duration AVOIDANCE = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(DeadLetterLane.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final int LONGEST_QUEUE = 64;

    private final Producer<byte[], byte[]> producer;
    private final String prefix;
    private final Meters meters;
    private final LongSupplier nanos;
    private final Map<String, Long> avoidedSince = new ConcurrentHashMap<>();
    // where the queue is full, or closed, whoever comes writes by itself, and so waits as long as the producer does
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST_QUEUE),
            Thread.ofPlatform().name("sluice-gate-dead-letters").factory(),
            (task, closedOrFull) -> task.run());

    /** @param nanos the monotonic clock */
    DeadLetterLane(Producer<byte[], byte[]> producer, String prefix, Meters meters, LongSupplier nanos) {
        this.producer = producer;
        this.prefix = prefix;
        this.meters = meters;
        this.nanos = nanos;
    }

    /** @return done once it is written, or is counted as not to be; never fails */
    Future<?> put(Topic topic, ConsumerRecord<byte[], byte[]> record, String reason, Instant now) {
        var done = new CompletableFuture<Void>();
        thread.execute(() -> write(topic, record, reason, now, done));
        return done;
    }

    private void write(
            Topic topic,
            ConsumerRecord<byte[], byte[]> record,
            String reason,
            Instant now,
            CompletableFuture<Void> done) {
        if (isAvoided(topic.deadLetters(prefix))) {
            meters.deadLetterLost(topic);
            done.complete(null);
            return;
        }
        try {
            var unused = producer.send(
                    DeadLetters.of(topic, prefix, record, reason, now),
                    (written, failure) -> answered(topic, record, reason, failure, done));
        } catch (RuntimeException e) {
            answered(topic, record, reason, e, done);
        }
    }

    private void answered(
            Topic topic,
            ConsumerRecord<byte[], byte[]> record,
            String reason,
            Exception failure,
            CompletableFuture<Void> done) {
        if (failure == null) {
            meters.deadLetter(topic);
        } else {
            lost(topic, record, reason, failure);
        }
        done.complete(null);
    }

    private void lost(Topic topic, ConsumerRecord<byte[], byte[]> record, String reason, Exception failure) {
        meters.deadLetterLost(topic);
        LOG.errorf(
                failure,
                "a dead letter could not be written; the record stays where it is source=%s/%d/%d reason=%s",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        // others are the record's own fault
        if (failure instanceof RetriableException || failure instanceof AuthorizationException) {
            avoidedSince.put(topic.deadLetters(prefix), nanos.getAsLong());
        }
    }

    private boolean isAvoided(String deadLetters) {
        var since = avoidedSince.get(deadLetters);
        return since != null && nanos.getAsLong() - since < AVOIDANCE.toNanos();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            var unused = thread.awaitTermination(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_WITHIN);
    }
}
