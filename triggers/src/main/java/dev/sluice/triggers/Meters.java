package dev.sluice.triggers;

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
        registry.counter("sluice.triggers.commands", "from", from, "type", type).increment();
    }

    public void notSent(String from) {
        registry.counter("sluice.triggers.commands.failed", "from", from).increment();
    }

    /** Somebody could not prove to be this sender. */
    public void refused(String sender) {
        registry.counter("sluice.triggers.refused", "from", sender).increment();
    }

    public void unreadable(String topic) {
        registry.counter("sluice.triggers.unreadable", "topic", topic).increment();
    }
}
