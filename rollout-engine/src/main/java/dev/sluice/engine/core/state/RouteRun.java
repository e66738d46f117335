package dev.sluice.engine.core.state;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Endpoints;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Workloads;
import dev.sluice.schemas.rollout.Route;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One route of a running target.
 *
 * @param plan the route as the file names it
 * @param active the backend that is stable in this generation; {@code canary} is the other one
 * @param begun whether its object is known to be as this generation takes it to be: its beginning was applied, and no
 *     foreign fence has put its active backend in doubt since. While it isn't, an order back is a beginning too (B41)
 * @param begins whether the newest order is a beginning for this route: decided when it was issued, so that it is the
 *     same each time it is sent
 * @param letGo whether the newest order only lets go of this route, where the others rest: nothing was begun on it
 * @param answer the last answer to the newest order; null while there is none
 * @param answered its words, where the answer gave a reason
 * @param applied the canary's weight last reported to be in the object; null before the first report
 * @param activeEmptyFor how long the newest answer's looks found the active backend empty; null where they didn't
 * @param absent whether the last answer found no object
 * @param found the weights that the last answer found, by backend
 * @param workloads the revisions last seen behind the two backends; null, as a whole or of one, where nobody saw them
 * @param endpoints ready ones at {@code heardAt}; null where nobody counted them then
 * @param heardAt when its applier last said something that counted; null before it did
 */
public record RouteRun(
        Route plan,
        String active,
        String canary,
        boolean begun,
        boolean begins,
        boolean letGo,
        Outcome answer,
        String answered,
        Weight applied,
        Boolean inForce,
        String uid,
        Endpoints endpoints,
        Duration activeEmptyFor,
        boolean absent,
        Map<String, Double> found,
        Workloads workloads,
        Instant heardAt) {

    public RouteRun {
        found = found == null ? Map.of() : found;
    }

    /** What runs behind its backends nobody has said. */
    public RouteRun(
            Route plan,
            String active,
            String canary,
            boolean begun,
            boolean begins,
            boolean letGo,
            Outcome answer,
            String answered,
            Weight applied,
            Boolean inForce,
            String uid,
            Endpoints endpoints,
            Duration activeEmptyFor,
            boolean absent,
            Map<String, Double> found) {
        this(
                plan,
                active,
                canary,
                begun,
                begins,
                letGo,
                answer,
                answered,
                applied,
                inForce,
                uid,
                endpoints,
                activeEmptyFor,
                absent,
                found,
                null,
                null);
    }

    public static RouteRun of(Route plan, String active) {
        var canary = plan.active().equals(active) ? plan.canary() : plan.active();
        return new RouteRun(
                plan, active, canary, false, false, false, null, null, null, null, null, null, null, false, Map.of());
    }

    public String identity() {
        return plan.identity();
    }

    public boolean isApplied() {
        return answer == Outcome.APPLIED;
    }

    public boolean isSilent() {
        return answer == null;
    }

    /** A new order is out: nothing has been answered to it yet. */
    public RouteRun ordered(Order next) {
        var isBeginning = next.begin() || (next.goesBack() && !begun);
        var isLettingGo = next.rests() && isLeftAlone();
        return new RouteRun(
                plan,
                active,
                canary,
                begun,
                isBeginning,
                isLettingGo,
                null,
                null,
                applied,
                inForce,
                uid,
                endpoints,
                null,
                absent,
                found,
                workloads,
                heardAt);
    }

    /** Its object says which backend is the active one; a name that is neither of the two says nothing. */
    public RouteRun withActive(String backend) {
        if (backend == null || !(backend.equals(plan.active()) || backend.equals(plan.canary()))) {
            return this;
        }
        var roles = of(plan, backend);
        var turned = copy(roles.active, roles.canary, begun);
        return backend.equals(active) ? turned : turned.behind(turned(workloads), turned(endpoints), heardAt);
    }

    private static Workloads turned(Workloads seen) {
        return seen == null
                ? null
                : new Workloads(/* active= */ seen.canary(), /* canary= */ seen.active(), /* activeRolledOut= */ null);
    }

    private static Endpoints turned(Endpoints seen) {
        return seen == null ? null : new Endpoints(/* active= */ seen.canary(), /* canary= */ seen.active());
    }

    /** A foreign fence was met: what its object holds has to be seen anew. */
    public RouteRun doubted() {
        return copy(active, canary, false);
    }

    /** Its object is as Sluice wrote it, even if this engine doesn't remember. */
    public RouteRun confirmed() {
        return copy(active, canary, true);
    }

    private RouteRun copy(String newActive, String newCanary, boolean isBegun) {
        return new RouteRun(
                plan,
                newActive,
                newCanary,
                isBegun,
                begins,
                letGo,
                answer,
                answered,
                applied,
                inForce,
                uid,
                endpoints,
                activeEmptyFor,
                absent,
                found,
                workloads,
                heardAt);
    }

    /** Nothing of this generation is in its object, and nothing may be written there. */
    public boolean isLeftAlone() {
        return !begun && (answer == Outcome.REFUSED || (answer == Outcome.APPLIED && absent));
    }

    public RouteRun after(WeightReport report) {
        var isApplied = report.outcome() == Outcome.APPLIED;
        return new RouteRun(
                plan,
                active,
                canary,
                begun || (isApplied && !report.absent()),
                begins,
                letGo,
                report.outcome(),
                report.reason(),
                isApplied ? appliedIn(report) : applied,
                isApplied ? report.inForce() : inForce,
                report.uid() == null ? uid : report.uid(),
                report.endpoints(),
                report.activeEmptyFor(),
                report.absent(),
                report.found(),
                seen(report.workloads()),
                report.time());
    }

    /** Whether the two backends have changed roles since the file named them. */
    public boolean isTurned() {
        return !active.equals(plan.active());
    }

    /** The same, but for what is behind its backends now. */
    public RouteRun seeing(WeightReport report) {
        return behind(seen(report.workloads()), report.endpoints(), report.time());
    }

    /** The same, but for how many endpoints are ready now. */
    public RouteRun counting(WeightReport report) {
        return behind(workloads, report.endpoints(), report.time());
    }

    /** What another tool has set is in its object; where that can't be seen now, it is as it was seen last. */
    public RouteRun observing(WeightReport report) {
        var weight = report.observed().weight();
        return new RouteRun(
                plan,
                active,
                canary,
                begun,
                begins,
                letGo,
                answer,
                report.reason(),
                weight == null ? applied : weight,
                inForce,
                uid,
                endpoints,
                activeEmptyFor,
                report.absent(),
                report.found(),
                workloads,
                report.time());
    }

    private RouteRun behind(Workloads run, Endpoints ready, Instant at) {
        return new RouteRun(
                plan,
                active,
                canary,
                begun,
                begins,
                letGo,
                answer,
                answered,
                applied,
                inForce,
                uid,
                ready,
                activeEmptyFor,
                absent,
                found,
                run,
                at);
    }

    /** What a look doesn't see is as it was seen last. */
    private Workloads seen(Workloads now) {
        if (now == null || workloads == null) {
            return now == null ? workloads : now;
        }
        var last = now.active() == null ? workloads : now;
        return new Workloads(
                last.active(), now.canary() == null ? workloads.canary() : now.canary(), last.activeRolledOut());
    }

    /** A beginning without a weight adopts what it finds; a fence alone says nothing of what is in force. */
    private Weight appliedIn(WeightReport report) {
        if (report.weight() != null || !begins) {
            return report.weight() == null ? applied : report.weight();
        }
        var percent = percentIn(report.found());
        return percent == null ? applied : Weight.of(BigDecimal.valueOf(percent).setScale(2, RoundingMode.HALF_UP));
    }

    /** The canary's percentage in the object as found; null where nothing was found. */
    public Double foundPercent() {
        return percentIn(found);
    }

    /** Of what the two backends share: a third one keeps its own (B17). */
    private Double percentIn(Map<String, Double> weights) {
        double canarys = weights.getOrDefault(canary, 0.0);
        var both = canarys + weights.getOrDefault(active, 0.0);
        return both > 0 ? Double.valueOf(canarys * 100 / both) : null;
    }
}
