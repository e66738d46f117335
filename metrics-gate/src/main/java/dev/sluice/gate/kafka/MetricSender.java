package dev.sluice.gate.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.format.Placement;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Keys;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Puts events that came in by HTTP on {@code rollout.metrics}, like everybody's. */
@ApplicationScoped
public class MetricSender {
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);
    /** The channel's one thread stands still at each without a broker: it gets few, and the rest wait here and can be refused. */
    private static final int MOST_UNDER_WAY = 32;

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> channel;
    private final String topic;
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY, true);

    MetricSender(@Channel("metrics") MutinyEmitter<ProducerRecord<byte[], byte[]>> channel, GateConfig config) {
        this.channel = channel;
        this.topic = Topic.METRICS.name(config.topics().prefix());
    }

    /**
     * Returns once the broker has them all.
     *
     * @throws KafkaException where it hasn't, or doesn't say so in time; sending them again is safe, for each has an id or is a total
     */
    public void send(Iterable<Mapped.Event> events) {
        var until = System.nanoTime() + LONGEST_SEND.toNanos();
        var sends = new ArrayList<CompletableFuture<Void>>();
        try {
            for (var event : events) {
                if (!places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new KafkaException("the broker has not answered for the events before this one");
                }
                sends.add(channel.send(record(event))
                        .onTermination()
                        .invoke(places::release)
                        .subscribeAsCompletionStage());
            }
            CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new))
                    .get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the broker did not answer within " + LONGEST_SEND, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Mapped.Event mapped) {
        var event = mapped.event();
        var key = Keys.applicationTarget(event.application(), event.target()).getBytes(StandardCharsets.UTF_8);
        try {
            var record = new ProducerRecord<>(topic, key, Json.mapper().writeValueAsBytes(event));
            if (mapped.counter() != null) {
                record.headers().add(Placement.COUNTER, mapped.counter().getBytes(StandardCharsets.US_ASCII));
            }
            return record;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a metric event cannot be written: " + event, e);
        }
    }
}
