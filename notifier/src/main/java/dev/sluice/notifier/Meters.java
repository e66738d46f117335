package dev.sluice.notifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.IntSupplier;

/** What the notifier counts, for Prometheus. */
@Singleton
public class Meters {
    private final MeterRegistry registry;
    private final Counter statuses;
    private final Counter unreadable;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        statuses = Counter.builder("sluice.notifier.statuses")
                .description("Statuses that were new and have been looked at")
                .register(registry);
        unreadable = Counter.builder("sluice.notifier.statuses.unreadable")
                .description("Records of the status topic that nobody can read; they are passed over")
                .register(registry);
    }

    public void statuses(int number) {
        statuses.increment(number);
    }

    public void unreadable() {
        unreadable.increment();
    }

    /** A status of which a rule can't be worked out. */
    public void undefined(String rule) {
        registry.counter("sluice.notifier.rules.undefined", "rule", rule).increment();
    }

    public void sent(String channel) {
        ended(channel, "sent");
    }

    /** Given up: somebody was not told. */
    public void failed(String channel) {
        ended(channel, "failed");
    }

    private void ended(String channel, String outcome) {
        registry.counter("sluice.notifier.messages", "channel", channel, "outcome", outcome)
                .increment();
    }

    public void triedInVain(String channel) {
        registry.counter("sluice.notifier.tries.failed", "channel", channel).increment();
    }

    public void waiting(String channel, IntSupplier number) {
        Gauge.builder("sluice.notifier.waiting", number::getAsInt)
                .description("Messages that wait for their channel")
                .tag("channel", channel)
                .strongReference(true)
                .register(registry);
    }
}
