package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/**
 * No first weight is ordered while the newest word on one of the target's routes is that something stands in the way. A word that
 * comes once the check is over, while something else holds the first weight, is for the applier's own looks to find again.
 */
public final class TheFirstWeightWaitsForItsCheck implements Invariant {
    private final Set<String> hindered = new HashSet<>();
    private final Set<String> raised = new HashSet<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Restored) {
            hindered.clear();
            raised.clear();
        } else if (seen instanceof Observation.Committed committed) {
            if (committed.event() instanceof Event.ReportReceived(var at, var report)
                    && report.outcome() == Outcome.CHECKED
                    && committed.decisions().stream().anyMatch(Decision.Checked.class::isInstance)) {
                checked(report);
            }
            committed.each(this::decided);
        }
    }

    private void checked(WeightReport report) {
        var route = report.rollout() + " " + report.route();
        if (report.findings().stream().anyMatch(Finding::isError)) {
            hindered.add(route);
        } else {
            hindered.remove(route);
        }
    }

    private void decided(State state, Decision decision) {
        if (!(decision instanceof Decision.Ordered ordered)
                || ordered.order().weight() == null
                || ordered.order().weight().isZero()) {
            return;
        }
        var rollout = state.rollout();
        var isFirst = raised.add(rollout.id() + " " + ordered.target());
        var routes = rollout.target(ordered.target()).orElseThrow().traffic().routes();
        for (var route : routes) {
            if (isFirst && hindered.contains(rollout.id() + " " + route.plan().identity())) {
                throw new Violation(this, route.plan().identity() + " is raised past what a check found");
            }
        }
    }
}
