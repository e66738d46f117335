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

    private record Letter(
            String word,
            String to,
            ConsumerRecord<byte[], byte[]> record,
            String reason,
            Instant now,
            CompletableFuture<Void> done) {}

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
        return put(topic.word(), topic.deadLetters(prefix), record, reason, now);
    }

    /**
     * The same for a topic that isn't Sluice's.
     *
     * @param word what the topic that it was read from is counted as
     * @param to the topic of its dead letters
     */
    Future<?> put(String word, String to, ConsumerRecord<byte[], byte[]> record, String reason, Instant now) {
        var letter = new Letter(word, to, record, reason, now, new CompletableFuture<>());
        thread.execute(() -> write(letter));
        return letter.done();
    }

    private void write(Letter letter) {
        if (isAvoided(letter.to())) {
            meters.deadLetterLost(letter.word());
            letter.done().complete(null);
            return;
        }
        try {
            var unused = producer.send(
                    DeadLetters.of(letter.to(), letter.record(), letter.reason(), letter.now()),
                    (written, failure) -> answered(letter, failure));
        } catch (RuntimeException e) {
            answered(letter, e);
        }
    }

    private void answered(Letter letter, Exception failure) {
        if (failure == null) {
            meters.deadLetter(letter.word());
        } else {
            lost(letter, failure);
        }
        letter.done().complete(null);
    }

    private void lost(Letter letter, Exception failure) {
        meters.deadLetterLost(letter.word());
        LOG.errorf(
                failure,
                "a dead letter could not be written; the record stays where it is source=%s/%d/%d reason=%s",
                letter.record().topic(),
                letter.record().partition(),
                letter.record().offset(),
                letter.reason());
        // others are the record's own fault
        if (failure instanceof RetriableException || failure instanceof AuthorizationException) {
            avoidedSince.put(letter.to(), nanos.getAsLong());
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
