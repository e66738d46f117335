package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Tally;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Verdict.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What the gate counts, for Prometheus. What alerts look at begins at 0, for what is counted before a first look is no increase to it. */
@Singleton
public class Meters {
    private final MeterRegistry registry;
    private final Counter kept;
    private final Counter clamped;
    private final Counter repeated;
    private final Counter overflowed;
    private final Counter otherRevision;
    private final Counter withoutIncrease;
    private final Counter misplaced;
    private final AtomicLong partitions = new AtomicLong();

    Meters(MeterRegistry registry) {
        this.registry = registry;
        kept = counter("sluice.gate.events", "Metric events taken into windows");
        clamped = counter(
                "sluice.gate.events.clamped", "Events whose own time was too far off; their append time counts");
        repeated = counter("sluice.gate.events.repeated", "Events dropped because they were taken in before");
        overflowed =
                counter("sluice.gate.events.overflowed", "Events dropped because the windows' bounds leave no room");
        otherRevision =
                counter("sluice.gate.events.other.revision", "Events of a revision that no running analysis names");
        withoutIncrease = counter(
                "sluice.gate.totals.without.increase",
                "Totals that told no increase: the first of a counter, repeats, and those that came late");
        misplaced = counter("sluice.gate.events.misplaced", "Events sent on to the partition of their series");
        Gauge.builder("sluice.gate.partitions", partitions, AtomicLong::get)
                .description("Partitions of metric events whose windows this instance holds")
                .register(registry);
        Arrays.stream(Outcome.values()).forEach(this::verdicts);
        for (var topic : List.of(Topic.METRICS, Topic.METRICS_PLACED, Topic.ANALYSES)) {
            deadLetters(topic.word());
            deadLettersLost(topic.word());
        }
    }

    private Counter verdicts(Outcome outcome) {
        return counter(
                "sluice.gate.verdicts",
                "Verdicts by outcome",
                "outcome",
                outcome.name().toLowerCase(Locale.ROOT));
    }

    /** Nobody can read them: no other record goes there. */
    private Counter deadLetters(String topic) {
        return counter(
                "sluice.dead.letters",
                "Records that went to their topic's dead letters",
                "topic",
                topic,
                "reason",
                "unreadable");
    }

    private Counter deadLettersLost(String topic) {
        return counter(
                "sluice.gate.dead.letters.lost",
                "Dead letters that could not be written; the record is still where it was read",
                "topic",
                topic);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    void count(Tally tally) {
        kept.increment((double) tally.kept());
        clamped.increment((double) tally.clamped());
        repeated.increment((double) tally.repeated());
        overflowed.increment((double) tally.overflowed());
        otherRevision.increment((double) tally.otherRevision());
        withoutIncrease.increment((double) tally.withoutIncrease());
    }

    void misplaced() {
        misplaced.increment();
    }

    void deadLetter(String topic) {
        deadLetters(topic).increment();
    }

    void deadLetterLost(String topic) {
        deadLettersLost(topic).increment();
    }

    /** Samples of others that have become metric events. */
    public void handedOver(String topic, long events) {
        counter("sluice.gate.formats.events", "Samples of others that became metric events", "topic", topic)
                .increment((double) events);
    }

    /** Samples of others that count for nothing. */
    public void dropped(String topic, Drop why, long samples) {
        counter(
                        "sluice.gate.formats.dropped",
                        "Samples of others that count for nothing",
                        "topic",
                        topic,
                        "reason",
                        why.word())
                .increment((double) samples);
    }

    void verdict(Outcome outcome) {
        verdicts(outcome).increment();
    }

    void partitions(int owned) {
        partitions.set(owned);
    }
}
