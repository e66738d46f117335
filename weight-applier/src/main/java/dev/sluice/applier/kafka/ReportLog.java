package dev.sluice.applier.kafka;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.DeadLetters;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.telemetry.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Sends reports, and orders that nobody can read to the dead letters. On a lane of its own: a broker that doesn't take
 * them keeps neither a route nor the order log waiting. A report is kept until a broker has it, or says that its order
 * waits or is applied and a newer one of the same route says so too.
 */
@ApplicationScoped
public class ReportLog {
    private static final Logger LOG = Logger.getLogger(ReportLog.class);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);

    private final MessageWriter writer;
    private final String prefix;
    private final Function<ProducerRecord<byte[], byte[]>, CompletionStage<Void>> broker;
    private final Tracing tracing;
    private final Counter deadLetters;
    private final Outgoing outgoing = new Outgoing();
    private final Executor afterAWhile =
            CompletableFuture.delayedExecutor(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    private final AtomicInteger burials = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("report-log").unstarted(this::run);
    private volatile boolean stopped;

    /** The channel may buffer without a bound, for {@link Outgoing} gives it one message per key. */
    @Inject
    ReportLog(
            @Channel("reports") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> channel,
            ApplierSettings settings,
            Tracing tracing,
            MeterRegistry registry) {
        this(record -> channel.send(record).subscribeAsCompletionStage(), settings, tracing, registry);
    }

    /** @param broker done once it has the record, or with the reason why it hasn't */
    ReportLog(
            Function<ProducerRecord<byte[], byte[]>, CompletionStage<Void>> broker,
            ApplierSettings settings,
            Tracing tracing,
            MeterRegistry registry) {
        this.tracing = tracing;
        this.deadLetters = Counter.builder("sluice.dead.letters")
                .description("Records that went to their topic's dead letters")
                .tag("topic", Topic.WEIGHTS.word())
                .tag("reason", "unreadable")
                .register(registry);
        this.prefix = settings.topics().prefix();
        this.writer = new MessageWriter("sluice/weight-applier", prefix);
        this.broker = broker;
        thread.start();
    }

    /**
     * Returns at once.
     *
     * @param id the same for a report that is sent again
     */
    public void send(WeightReport report, String id, Lineage lineage) {
        var message = writer.write(MessageType.WEIGHT_REPORT, report, id, report.time(), lineage);
        outgoing.put(key(report, id), message);
    }

    private static String key(WeightReport report, String id) {
        if (report.observed() != null) {
            return Keys.observed(report.application(), report.route());
        }
        return isOutdatedByTheNext(report) ? report.route() : id;
    }

    /** A state says it all anew each time it changes; what happened is never said again. */
    private static boolean isOutdatedByTheNext(WeightReport report) {
        return switch (report.outcome()) {
            case WAITING, APPLIED -> true;
            case REFUSED, SUPERSEDED, DRIFT_REPAIRED, TAKEN_BACK, ENDPOINTS_LOST, CHECKED -> false;
        };
    }

    void bury(ConsumerRecord<byte[], byte[]> order, String reason, Instant now) {
        LOG.warnf(
                "an order is unreadable and goes to the dead letters source=%s/%d/%d reason=%s",
                order.topic(), order.partition(), order.offset(), reason);
        burials.incrementAndGet();
        deadLetters.increment();
        outgoing.put(
                order.topic() + "/" + order.partition() + "/" + order.offset(),
                DeadLetters.of(Topic.WEIGHTS, prefix, order, reason, now));
    }

    /** Whether a dead letter is still on its way: what it is a copy of must not count as dealt with. */
    boolean isBurying() {
        return burials.get() > 0;
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        while (!stopped) {
            try {
                var next = outgoing.take();
                send(next.key(), next.message());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("reports can't be sent; trying again", e);
            }
        }
    }

    private void send(String key, ProducerRecord<byte[], byte[]> message) {
        var sending = tracing.send(List.of(message));
        try {
            var unused = broker.apply(sending.records().getFirst()).whenComplete((taken, error) -> {
                sending.over(error);
                answered(key, message, error);
            });
        } catch (RuntimeException e) {
            sending.over(e);
            answered(key, message, e);
        }
    }

    private void answered(String key, ProducerRecord<byte[], byte[]> message, Throwable error) {
        if (error == null) {
            outgoing.done(key);
            if (message.topic().endsWith(".dlq")) {
                burials.decrementAndGet();
            }
        } else {
            LOG.errorf(error, "a message was not taken by its broker, trying again topic=%s", message.topic());
            // not at once, for some are refused at once; and nobody else's message waits for it meanwhile
            afterAWhile.execute(() -> outgoing.again(key, message));
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        thread.interrupt();
    }
}
