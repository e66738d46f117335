package dev.sluice.engine.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Endpoints;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Route;
import java.util.Map;

/**
 * One route of a running target.
 *
 * @param plan the route as the file names it
 * @param active the backend that is stable in this generation; {@code canary} is the other one
 * @param answer the last answer to the newest order; null while there is none
 * @param answered its words, where the answer gave a reason
 * @param applied the canary's weight last reported to be in the object; null before the first report
 * @param found the weights that the last answer found, by backend
 */
public record RouteRun(
        Route plan,
        String active,
        String canary,
        Outcome answer,
        String answered,
        Weight applied,
        Boolean inForce,
        String uid,
        Endpoints endpoints,
        Map<String, Double> found) {

    static RouteRun of(Route plan, String active) {
        var canary = plan.active().equals(active) ? plan.canary() : plan.active();
        return new RouteRun(plan, active, canary, null, null, null, null, null, null, Map.of());
    }

    String identity() {
        return plan.identity();
    }

    boolean isApplied() {
        return answer == Outcome.APPLIED;
    }

    boolean isSilent() {
        return answer == null;
    }

    /** A new order is out: nothing has been answered to it yet. */
    RouteRun ordered() {
        return new RouteRun(plan, active, canary, null, null, applied, inForce, uid, endpoints, found);
    }

    RouteRun withActive(String backend) {
        var roles = of(plan, backend);
        return new RouteRun(
                plan, roles.active, roles.canary, answer, answered, applied, inForce, uid, endpoints, found);
    }

    RouteRun after(WeightReport report) {
        var isApplied = report.outcome() == Outcome.APPLIED;
        return new RouteRun(
                plan,
                active,
                canary,
                report.outcome(),
                report.reason(),
                isApplied && report.weight() != null ? report.weight() : applied,
                isApplied ? report.inForce() : inForce,
                report.uid() == null ? uid : report.uid(),
                report.endpoints() == null ? endpoints : report.endpoints(),
                report.found());
    }

    /** The canary's percentage in the object as found; null where nothing was found. */
    Double foundPercent() {
        var sum = found.values().stream().mapToDouble(Double::doubleValue).sum();
        return sum > 0 ? found.getOrDefault(canary, 0.0) * 100 / sum : null;
    }
}
