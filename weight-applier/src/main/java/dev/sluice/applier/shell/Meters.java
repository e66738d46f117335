package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import dev.sluice.applier.kubernetes.ClusterMeters;
import java.util.Locale;

/** Counts what happens; the gauges of what stands are {@link Routes}'. */
final class Meters {
    private final ClusterMeters meters;

    Meters(ClusterMeters meters) {
        this.meters = meters;
    }

    void decided(Decision decision) {
        switch (decision) {
            case Decision.Accepted accepted -> meters.count("sluice.applier.orders", "kind", "new");
            case Decision.Asked asked -> meters.count("sluice.applier.orders", "kind", "repeated");
            case Decision.Report report ->
                meters.count(
                        "sluice.applier.reports",
                        "outcome",
                        report.report().outcome().name().toLowerCase(Locale.ROOT));
            case Decision.Ignored ignored -> meters.count("sluice.applier.ignored", "reason", ignored.reason());
            default -> {}
        }
    }

    void called(Decision.Call call, Urgency urgency) {
        var kind = call.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        meters.count(
                "sluice.applier.calls", "kind", kind, "urgency", urgency.name().toLowerCase(Locale.ROOT));
    }

    void answered(Event answer) {
        switch (answer) {
            case Event.WriteSucceeded done -> meters.count("sluice.applier.writes", "result", "done");
            case Event.WriteFailed failed -> meters.count("sluice.applier.writes", "result", word(failed.failure()));
            case Event.LookFailed failed -> meters.count("sluice.applier.looks", "result", word(failed.failure()));
            default -> {}
        }
    }

    private static String word(Failure failure) {
        return failure.kind() == Failure.Kind.OUTDATED ? "conflict" : "failed";
    }
}
