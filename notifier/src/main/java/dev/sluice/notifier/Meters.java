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
        statuses = counter("sluice.notifier.statuses", "Statuses that were new and have been looked at");
        unreadable = counter(
                "sluice.notifier.statuses.unreadable",
                "Records of the status topic that nobody can read; they are passed over");
    }

    public void statuses(int number) {
        statuses.increment(number);
    }

    public void unreadable() {
        unreadable.increment();
    }

    /** A status of which a rule can't be worked out. */
    public void undefined(String rule) {
        counter("sluice.notifier.rules.undefined", "Statuses of which a rule could not be worked out", "rule", rule)
                .increment();
    }

    public void sent(String channel) {
        messages(channel, "sent").increment();
    }

    /** Given up: somebody was not told. */
    public void failed(String channel) {
        messages(channel, "failed").increment();
    }

    private Counter messages(String channel, String outcome) {
        return counter(
                "sluice.notifier.messages",
                "Messages that were sent, or given up",
                "channel",
                channel,
                "outcome",
                outcome);
    }

    public void triedInVain(String channel) {
        triesFailed(channel).increment();
    }

    private Counter triesFailed(String channel) {
        return counter(
                "sluice.notifier.tries.failed", "Tries that failed; the message is tried again", "channel", channel);
    }

    /** A channel's series, from the beginning on: what is counted before Prometheus' first look is no increase to it. */
    public void channel(String channel, IntSupplier waiting) {
        messages(channel, "sent");
        messages(channel, "failed");
        triesFailed(channel);
        Gauge.builder("sluice.notifier.waiting", waiting::getAsInt)
                .description("Messages that wait for their channel")
                .tag("channel", channel)
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
