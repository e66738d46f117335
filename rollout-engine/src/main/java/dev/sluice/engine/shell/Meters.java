package dev.sluice.engine.shell;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.schemas.message.CommandType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * What Prometheus sees of the engine. Counters are of what this instance did; gauges of the database are the same on every instance.
 * Counters that alerts look at begin at 0, for what is counted before a first look is no increase to Prometheus.
 */
@ApplicationScoped
class Meters {
    /** Why a record became a dead letter: nobody can read it, or what it says can't be handled. */
    enum Dead {
        UNREADABLE,
        UNHANDLED
    }

    private static final List<String> OTHER_EVENTS = List.of("verdict", "report", "time", "webhook", "callback");
    private static final Duration[] TRANSACTIONS_TAKE = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final Timer transactions;
    private final Counter stale;
    private final Counter sent;
    private final AtomicLong unsent;
    private final AtomicLong unsentAgeMillis = new AtomicLong();
    private final AtomicLong refused;
    private final AtomicLong degraded;
    private final AtomicLong overdue;
    private final AtomicLong leftCalls;
    private final MultiGauge held;
    private final AtomicReference<Instant> answered;

    Meters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.answered = new AtomicReference<>(clock.instant());
        Gauge.builder(
                        "sluice.database.silence",
                        answered,
                        at -> Duration.between(at.get(), clock.instant()).toMillis() / 1000.0)
                .description("How long ago the database last answered; looked at every few seconds")
                .baseUnit("seconds")
                .register(registry);
        this.transactions = Timer.builder("sluice.transaction")
                .description("From taking events up to their commit")
                .serviceLevelObjectives(TRANSACTIONS_TAKE)
                .register(registry);
        this.stale = Counter.builder("sluice.transactions.stale")
                .description("Transactions done again with locks, for another instance was faster")
                .register(registry);
        this.sent = Counter.builder("sluice.outbox.sent")
                .description("Messages of the outbox that the broker has taken")
                .register(registry);
        this.unsent = gauge("sluice.outbox.unsent", "Messages in the outbox that wait to be sent");
        Gauge.builder("sluice.outbox.oldest.age", unsentAgeMillis, millis -> millis.get() / 1000.0)
                .description("How long the oldest message in the outbox has waited to be sent")
                .baseUnit("seconds")
                .register(registry);
        this.refused = gauge("sluice.outbox.refused", "Messages that Kafka's client refused; they are set aside");
        this.degraded = gauge(
                "sluice.rollbacks.degraded",
                "Targets whose rollback could not be carried out by its deadline; it is tried on");
        this.leftCalls = gauge("sluice.webhook.calls.left", "Calls of webhooks that a later version of Sluice stored");
        this.overdue = gauge("sluice.timers.late", "Wake-ups that are due for more than 5 s");
        this.held = MultiGauge.builder("sluice.commands.held")
                .description("1 for each partition of commands that waits for the end of a sender's transaction")
                .register(registry);
        Arrays.stream(CommandType.values()).map(CommandType::word).forEach(this::events);
        OTHER_EVENTS.forEach(this::events);
        decisions(Decision.class).forEach(this::decisions);
        Arrays.stream(WebhookAnswer.Outcome.values()).forEach(this::calls);
        KafkaSettings.INBOUND.forEach(
                topic -> Arrays.stream(Dead.values()).forEach(why -> deadLetters(topic.word(), why)));
    }

    private AtomicLong gauge(String name, String description) {
        var value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::get)
                .description(description)
                .strongReference(true)
                .register(registry);
        return value;
    }

    private Counter events(String kind) {
        return Counter.builder("sluice.events")
                .description(
                        "Events that were decided about: commands by their type, verdicts, reports and what comes by itself")
                .tag("kind", kind)
                .register(registry);
    }

    private Counter decisions(String name) {
        return Counter.builder("sluice.decisions")
                .description("Decisions by their name in the audit; Ignored ones count as well")
                .tag("decision", name)
                .register(registry);
    }

    /** Names of all that there are. */
    private static Stream<String> decisions(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Meters::decisions)
                : Stream.of(type.getSimpleName());
    }

    private Counter calls(WebhookAnswer.Outcome outcome) {
        return Counter.builder("sluice.webhook.calls")
                .description("Calls of webhooks that have come to an end")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter deadLetters(String topic, Dead why) {
        return Counter.builder("sluice.dead.letters")
                .description("Records that went to their topic's dead letters")
                .tag("topic", topic)
                .tag("reason", why.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void committed(Writes writes, long nanos) {
        transactions.record(Duration.ofNanos(nanos));
        writes.events().forEach(event -> events(word(event)).increment());
        writes.decisions().forEach(decision -> decisions(decision.name()).increment());
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
        stale.increment();
    }

    void called(WebhookAnswer.Outcome outcome) {
        calls(outcome).increment();
    }

    /** Those that a later version wrote. */
    void leftCalls(long calls) {
        leftCalls.set(calls);
    }

    void deadLetter(String topic, Dead why) {
        deadLetters(topic, why).increment();
    }

    void sent(int messages) {
        sent.increment(messages);
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

    /** All gauges of the database are of then. */
    void answered(Instant at) {
        answered.set(at);
    }

    void degraded(long targets) {
        degraded.set(targets);
    }

    void late(long wakeUps) {
        overdue.set(wakeUps);
    }
}
