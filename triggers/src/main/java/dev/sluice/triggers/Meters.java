package dev.sluice.triggers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the triggers count, for Prometheus. */
@Singleton
public class Meters {
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param from what led to it, such as {@code resource} */
    public void sent(String from, String type) {
        counter("sluice.triggers.commands", "Commands sent", "from", from, "type", type)
                .increment();
    }

    public void notSent(String from) {
        counter(
                        "sluice.triggers.commands.failed",
                        "Commands that Kafka did not take; most are tried again",
                        "from",
                        from)
                .increment();
    }

    /** Somebody could not prove to be this sender. */
    public void refused(String sender) {
        counter("sluice.triggers.refused", "Webhooks and events that were refused", "from", sender)
                .increment();
    }

    public void unreadable(String topic) {
        counter("sluice.triggers.unreadable", "Records that nobody can read; they are passed over", "topic", topic)
                .increment();
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
