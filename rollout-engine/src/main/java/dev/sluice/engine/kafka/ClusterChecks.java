package dev.sluice.engine.kafka;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Asks appliers what stands in the way of orders that nobody gives. By clients of its own, members of no group and there as
 * long as somebody asks: it matters not which instance the reports' partitions are assigned to.
 */
@ApplicationScoped
public class ClusterChecks {
    private static final int AT_ONCE = 4;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Semaphore places = new Semaphore(AT_ONCE);

    ClusterChecks(KafkaSettings settings) {
        this.settings = settings;
    }

    public sealed interface Asked {
        /** @param reports one for each check that was answered in time */
        record Answered(List<WeightReport> reports) implements Asked {}

        /** Nobody could be asked, or nobody could answer. */
        record Unasked(String reason) implements Asked {}
    }

    /**
     * Blocks until all have answered, at most so long.
     *
     * @param checks of one rollout id that no others have
     */
    public Asked ask(List<WeightOrder> checks, Duration longest, Instant now) {
        if (!places.tryAcquire()) {
            return new Asked.Unasked(AT_ONCE + " others are asking already");
        }
        try {
            return new Asked.Answered(answers(checks, longest, now));
        } catch (KafkaException e) {
            return new Asked.Unasked("Kafka is not available: " + e.getMessage());
        } finally {
            places.release();
        }
    }

    private List<WeightReport> answers(List<WeightOrder> checks, Duration longest, Instant now) {
        var producer =
                new KafkaProducer<>(settings.checkProducer(), new ByteArraySerializer(), new ByteArraySerializer());
        try (var consumer = new KafkaConsumer<>(
                settings.checkConsumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new CheckRound(settings.prefix(), producer, consumer, checks).answers(longest, now);
        } finally {
            producer.close(LONGEST_CLOSE);
        }
    }
}
