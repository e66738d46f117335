package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Tally;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.schemas.message.Verdict.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What the gate counts, for Prometheus. */
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
    private final AtomicLong lag = new AtomicLong();
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
        registry.gauge("sluice.gate.lag", lag);
        registry.gauge("sluice.gate.partitions", partitions);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
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
        registry.counter("sluice.gate.dead.letters", "topic", topic).increment();
    }

    void deadLetterLost(String topic) {
        registry.counter("sluice.gate.dead.letters.lost", "topic", topic).increment();
    }

    /** Samples of others that have become metric events. */
    public void handedOver(String topic, long events) {
        registry.counter("sluice.gate.formats.events", "topic", topic).increment((double) events);
    }

    /** Samples of others that count for nothing. */
    public void dropped(String topic, Drop why, long samples) {
        registry.counter("sluice.gate.formats.dropped", "topic", topic, "reason", why.word())
                .increment((double) samples);
    }

    void verdict(Outcome outcome) {
        registry.counter("sluice.gate.verdicts", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void lag(long records) {
        lag.set(records);
    }

    void partitions(int owned) {
        partitions.set(owned);
    }
}
