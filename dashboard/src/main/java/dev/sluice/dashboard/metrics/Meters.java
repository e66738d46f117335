package dev.sluice.dashboard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** What Prometheus sees of the dashboard itself. */
@ApplicationScoped
public class Meters {
    private final AtomicInteger streams = new AtomicInteger();
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("sluice.dashboard.streams", streams, AtomicInteger::get)
                .description("Streams of events that are open")
                .strongReference(true)
                .register(registry);
    }

    /** A record that nobody can read was left out. */
    public void unreadable(String topic) {
        Counter.builder("sluice.dashboard.unreadable")
                .description("Records that nobody can read; they are left out and hold nothing up")
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    /** The streams of events that are open; whoever opens and closes them counts. */
    public AtomicInteger streams() {
        return streams;
    }

    /** @param age NaN as long as not all statuses have been read once */
    public void statusAge(DoubleSupplier age) {
        Gauge.builder("sluice.dashboard.status.age", age::getAsDouble)
                .description("How long ago it was that this instance knew all statuses")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }
}
