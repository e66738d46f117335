package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Counts what happens; the gauges of what stands are {@link Routes}'. */
@ApplicationScoped
class Meters {
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void decided(Decision decision) {
        switch (decision) {
            case Decision.Accepted accepted -> count("sluice.applier.orders", "kind", "new");
            case Decision.Asked asked -> count("sluice.applier.orders", "kind", "repeated");
            case Decision.Report report ->
                count(
                        "sluice.applier.reports",
                        "outcome",
                        report.report().outcome().name().toLowerCase(Locale.ROOT));
            case Decision.Ignored ignored -> count("sluice.applier.ignored", "reason", ignored.reason());
            default -> {}
        }
    }

    void called(Decision.Call call, Urgency urgency) {
        var kind = call.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        registry.counter(
                        "sluice.applier.calls",
                        "kind",
                        kind,
                        "urgency",
                        urgency.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void answered(Event answer) {
        switch (answer) {
            case Event.WriteSucceeded done -> count("sluice.applier.writes", "result", "done");
            case Event.WriteFailed failed -> count("sluice.applier.writes", "result", word(failed.failure()));
            case Event.LookFailed failed -> count("sluice.applier.looks", "result", word(failed.failure()));
            default -> {}
        }
    }

    /** Gauges of what is gone would stand in the way of those of the next application in the same process: a test's. */
    @PreDestroy
    void stop() {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("sluice.applier."))
                .forEach(registry::remove);
    }

    private static String word(Failure failure) {
        return failure.kind() == Failure.Kind.OUTDATED ? "conflict" : "failed";
    }

    private void count(String name, String tag, String value) {
        registry.counter(name, tag, value).increment();
    }
}
