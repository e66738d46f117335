package dev.sluice.engine.shell;

import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.postgres.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** What Prometheus sees of the engine. */
@ApplicationScoped
class Meters {
    private final MeterRegistry registry;
    private final Timer transactions;
    private final AtomicLong unsent;
    private final AtomicLong unsentAgeMillis;
    private final AtomicLong refused;
    private final AtomicLong degraded;
    private final AtomicLong overdue;
    private final AtomicLong leftCalls;
    private final MultiGauge held;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.transactions = Timer.builder("sluice.transaction")
                .description("From taking events up to their commit")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.unsent = registry.gauge("sluice.outbox.unsent", new AtomicLong());
        this.unsentAgeMillis = registry.gauge("sluice.outbox.oldest.age.millis", new AtomicLong());
        this.refused = registry.gauge("sluice.outbox.refused", new AtomicLong());
        this.degraded = registry.gauge("sluice.rollbacks.degraded", new AtomicLong());
        this.held = MultiGauge.builder("sluice.commands.held")
                .description("Partitions of commands that wait for the end of a sender's transaction")
                .register(registry);
        this.leftCalls = registry.gauge("sluice.webhook.calls.left", new AtomicLong());
        this.overdue = registry.gauge("sluice.timers.late", new AtomicLong());
    }

    void committed(Writes writes, long nanos) {
        transactions.record(Duration.ofNanos(nanos));
        for (var event : writes.events()) {
            registry.counter("sluice.events", "kind", word(event)).increment();
        }
        for (var decision : writes.decisions()) {
            registry.counter("sluice.decisions", "decision", decision.name()).increment();
        }
    }

    private static String word(Event event) {
        return switch (event) {
            case Event.CommandReceived e -> e.command().type().word();
            case Event.VerdictReceived e -> "verdict";
            case Event.ReportReceived e -> "report";
            case Event.TimeReached e -> "time";
            case Event.WebhookAnswered e -> "webhook";
            case Event.WebhookCalledBack e -> "callback";
        };
    }

    /** A transaction that has to be done again with locks, for another instance was faster. */
    void stale() {
        registry.counter("sluice.transactions.stale").increment();
    }

    void called(WebhookAnswer.Outcome outcome) {
        registry.counter("sluice.webhook.calls", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** Those that a later version wrote. */
    void leftCalls(long calls) {
        leftCalls.set(calls);
    }

    void deadLetter(String topic) {
        registry.counter("sluice.dead.letters", "topic", topic).increment();
    }

    void sent(int messages) {
        registry.counter("sluice.outbox.sent").increment(messages);
    }

    void outbox(Outbox.Depth depth) {
        unsent.set(depth.unsent());
        unsentAgeMillis.set(depth.age().toMillis());
        refused.set(depth.refused());
    }

    /** Who keeps which partition of commands waiting by an open transaction. */
    void held(Map<TopicPartition, String> holders) {
        held.register(
                holders.entrySet().stream()
                        .map(holder -> MultiGauge.Row.of(
                                Tags.of("partition", holder.getKey().toString(), "producer", holder.getValue()), 1))
                        .toList(),
                true);
    }

    void degraded(long targets) {
        degraded.set(targets);
    }

    void late(long wakeUps) {
        overdue.set(wakeUps);
    }
}
