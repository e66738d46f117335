package dev.sluice.sandbox.shop;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes what was measured as metric events: every 100 ms, and at once when {@link #hurry told to}. */
final class MetricPublisher implements AutoCloseable {
    /** Hears what is about to be published. */
    interface Listener {
        /** @param nanos {@link System#nanoTime} just before the event is sent */
        void publishing(String version, Tally tally, long nanos);
    }

    private static final System.Logger LOG = System.getLogger(MetricPublisher.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final String application;
    private final String target;
    private final Supplier<Map<String, Tally>> measured;
    private final Listener listener;
    private final MessageWriter writer = new MessageWriter("sluice/demo-shop", Topic.DEFAULT_PREFIX);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;

    MetricPublisher(
            String bootstrapServers,
            String application,
            String target,
            Supplier<Map<String, Tally>> measured,
            Listener listener) {
        this.application = application;
        this.target = target;
        this.measured = measured;
        this.listener = listener;
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = Thread.ofPlatform().daemon().name("metric-publisher").start(this::run);
    }

    /** Something happened that should not wait for the next interval. */
    void hurry() {
        wake.release();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                wake.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                measured.get().forEach(this::publish);
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(String version, Tally tally) {
        listener.publishing(version, tally, System.nanoTime());
        tally.byCode()
                .forEach((code, count) ->
                        send(event(version, "http_requests").withCount(count, Map.of("code", Integer.toString(code)))));
        send(event(version, "http_latency_ms").withHistogram(tally.latencies()));
    }

    private void send(MetricEvent event) {
        var record =
                writer.write(MessageType.METRIC_EVENT, event, UUID.randomUUID().toString(), Instant.now());
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                LOG.log(System.Logger.Level.WARNING, "a metric event is lost", failure);
            }
        });
    }

    private Draft event(String version, String metric) {
        return new Draft(application, target, version, metric);
    }

    private record Draft(String application, String target, String version, String metric) {
        MetricEvent withCount(long count, Map<String, String> labels) {
            return event((double) count, null, labels);
        }

        MetricEvent withHistogram(List<Long> counts) {
            var histogram = new MetricEvent.Histogram(
                    Tally.BOUNDS_MILLIS, counts.stream().map(Long::doubleValue).toList());
            return event(null, histogram, Map.of());
        }

        private MetricEvent event(Double count, MetricEvent.Histogram histogram, Map<String, String> labels) {
            return new MetricEvent(
                    application, target, null, version, metric, null, count, null, histogram, labels, null, null);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }
}
