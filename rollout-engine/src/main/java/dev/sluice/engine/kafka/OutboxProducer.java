package dev.sluice.engine.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
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

    /** @throws KafkaException when the broker can't be reached in time */
    public static OutboxProducer takeOver(KafkaSettings settings) {
        var producer =
                new KafkaProducer<>(settings.outboxProducer(), new ByteArraySerializer(), new ByteArraySerializer());
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
            records.forEach(record -> answers.add(producer.send(record)));
            producer.commitTransaction();
            return new Sent.Whole();
        } catch (ProducerFencedException e) {
            return new Sent.Over("another relay took over");
        } catch (KafkaException | IllegalStateException e) {
            var refused = refused(answers);
            return refused.isEmpty() || !abort() ? new Sent.Over(e.toString()) : new Sent.Refused(refused);
        }
    }

    private boolean abort() {
        try {
            producer.abortTransaction();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            return false;
        }
    }

    private static Map<Integer, String> refused(List<Future<RecordMetadata>> answers) {
        var refused = new HashMap<Integer, String>();
        for (int i = 0; i < answers.size(); i++) {
            var failure = answers.get(i).isDone() ? failure(answers.get(i)) : null;
            if (failure instanceof RecordTooLargeException
                    || failure instanceof InvalidTopicException
                    || failure instanceof SerializationException) {
                refused.put(i, failure.toString());
            }
        }
        return refused;
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
