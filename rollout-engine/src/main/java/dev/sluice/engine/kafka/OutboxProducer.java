package dev.sluice.engine.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends lists of records, each list whole or not at all. Taking over fences every other instance's producer at the
 * broker: whatever it still has under way is aborted, so that nothing of it can arrive late.
 */
public final class OutboxProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    private OutboxProducer(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * @param lane behind the prefix, its transactional id
     * @throws KafkaException when the broker can't be reached in time
     */
    public static OutboxProducer takeOver(KafkaSettings settings, String lane) {
        var producer = new KafkaProducer<>(
                settings.outboxProducer(lane), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new OutboxProducer(producer);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** What became of a list. */
    public sealed interface Sent {
        record Whole() implements Sent {}

        /** Nothing was sent; without these (by place in the list, with the reason) the rest may be. */
        record Refused(Map<Integer, String> reasons) implements Sent {}

        /** Nothing was sent, and this producer can't send any more: another took over, or it is broken. */
        record Over(String reason) implements Sent {}
    }

    public Sent send(List<ProducerRecord<byte[], byte[]>> records) {
        var answers = new ArrayList<Future<RecordMetadata>>();
        try {
            producer.beginTransaction();
            for (var record : records) {
                answers.add(producer.send(record));
                refuseToWaitForEach(answers.getLast());
            }
            producer.commitTransaction();
            return new Sent.Whole();
        } catch (ProducerFencedException e) {
            return new Sent.Over("another relay took over");
        } catch (KafkaException | IllegalStateException e) {
            var suspects = suspects(answers);
            return suspects.isEmpty() || !abort() ? new Sent.Over(e.toString()) : refused(records, suspects);
        }
    }

    /** A topic that can't be found costs the longest block once, and not for every record of it. */
    private static void refuseToWaitForEach(Future<RecordMetadata> answer) {
        if (answer.isDone() && failure(answer) instanceof TimeoutException e) {
            throw e;
        }
    }

    /** A record that can't be sent fails its whole batch with its own reason, so each suspect is tried alone. */
    private Sent refused(List<ProducerRecord<byte[], byte[]>> records, List<Integer> suspects) {
        var refused = new HashMap<Integer, String>();
        try {
            for (var i : suspects) {
                producer.beginTransaction();
                var answer = producer.send(records.get(i));
                producer.flush();
                producer.abortTransaction();
                if (isRefused(answer)) {
                    refused.put(i, String.valueOf(failure(answer)));
                }
            }
        } catch (KafkaException | IllegalStateException e) {
            return new Sent.Over(e.toString());
        }
        return refused.isEmpty() ? new Sent.Over("refused together, and none alone") : new Sent.Refused(refused);
    }

    private boolean abort() {
        try {
            producer.abortTransaction();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            return false;
        }
    }

    private static List<Integer> suspects(List<Future<RecordMetadata>> answers) {
        return IntStream.range(0, answers.size())
                .filter(i -> isRefused(answers.get(i)))
                .boxed()
                .toList();
    }

    private static boolean isRefused(Future<RecordMetadata> answer) {
        var failure = answer.isDone() ? failure(answer) : null;
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidTopicException
                || failure instanceof SerializationException;
    }

    private static Throwable failure(Future<RecordMetadata> answer) {
        try {
            answer.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
