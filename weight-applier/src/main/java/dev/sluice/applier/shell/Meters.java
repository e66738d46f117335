package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import dev.sluice.applier.kubernetes.ClusterMeters;
import dev.sluice.schemas.message.WeightReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens, and how long orders take; the gauges of what stands are {@link Routes}'. */
final class Meters {
    private static final Duration[] ORDERS_TAKE = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final ClusterMeters meters;
    private final Clock clock;
    private final Timer apply;
    /** When the order was read that a route is on its way to. */
    private final Map<String, Instant> taken = new ConcurrentHashMap<>();

    Meters(ClusterMeters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.apply = meters.timer(
                "sluice.applier.apply",
                "From an order's being read up to its being applied, with all that it waited for",
                ORDERS_TAKE);
        List.of("new", "repeated").forEach(this::orders);
        Arrays.stream(WeightReport.Outcome.values()).forEach(this::reports);
        List.of("done", "conflict", "failed").forEach(this::writes);
        List.of("conflict", "failed").forEach(this::looks);
    }

    private Counter orders(String kind) {
        return meters.counter("sluice.applier.orders", "Orders that were read", "kind", kind);
    }

    private Counter reports(WeightReport.Outcome outcome) {
        return meters.counter("sluice.applier.reports", "Reports by what they say", "outcome", word(outcome));
    }

    private Counter writes(String result) {
        return meters.counter("sluice.applier.writes", "Objects written", "result", result);
    }

    private Counter looks(String result) {
        return meters.counter("sluice.applier.looks", "Looks at objects that were not answered", "result", result);
    }

    void decided(Decision decision) {
        switch (decision) {
            case Decision.Accepted accepted -> {
                orders("new").increment();
                taken.put(accepted.order().route(), clock.instant());
            }
            case Decision.Asked asked -> orders("repeated").increment();
            case Decision.Report report -> reported(report.report());
            case Decision.Ignored ignored ->
                meters.counter(
                                "sluice.applier.ignored",
                                "Events that nothing followed from",
                                "reason",
                                ignored.reason())
                        .increment();
            default -> {}
        }
    }

    private void reported(WeightReport report) {
        reports(report.outcome()).increment();
        switch (report.outcome()) {
            case APPLIED -> {
                var since = taken.remove(report.route());
                if (since != null) {
                    apply.record(Duration.between(since, clock.instant()));
                }
            }
            case REFUSED, SUPERSEDED -> taken.remove(report.route());
            case WAITING, DRIFT_REPAIRED, TAKEN_BACK, ENDPOINTS_LOST, CHECKED -> {}
        }
    }

    /** Whatever the route was on its way to, nobody here will see it arrive. */
    void forgotten(String route) {
        taken.remove(route);
    }

    void called(Decision.Call call, Urgency urgency) {
        meters.counter(
                        "sluice.applier.calls",
                        "Calls to the API server that routes asked for",
                        "kind",
                        call.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                        "urgency",
                        word(urgency))
                .increment();
    }

    void answered(Event answer) {
        switch (answer) {
            case Event.WriteSucceeded done -> writes("done").increment();
            case Event.WriteFailed failed -> writes(word(failed.failure())).increment();
            case Event.LookFailed failed -> looks(word(failed.failure())).increment();
            default -> {}
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String word(Failure failure) {
        return failure.kind() == Failure.Kind.OUTDATED ? "conflict" : "failed";
    }
}
