package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Endpoints;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Ready;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import java.util.Objects;

/** What appliers say. A report counts only for the newest order of its route. */
public final class Reports {
    private Reports() {}

    public static void take(Draft d, WeightReport report) {
        if (d.state().rollout() != null && d.state().rollout().isObserving()) {
            Observations.take(d, report);
            return;
        }
        if (report.outcome() == Outcome.CHECKED) {
            Checks.take(d, report);
            return;
        }
        var holder = d.runs().stream()
                .filter(run ->
                        run.traffic().has(report.route()) && !run.position().isEnded())
                .findFirst();
        if (holder.isEmpty()) {
            d.ignore(report.target(), "route " + report.route() + " is under no running rollout");
        } else if (report.outcome() == Outcome.SUPERSEDED) {
            superseded(d, holder.get(), report);
        } else if (!holder.get().traffic().isAnsweredBy(report)) {
            d.ignore(report.target(), "report " + words(report.fence()) + " is not about the newest order");
        } else {
            counted(d, holder.get(), report);
        }
    }

    private static void counted(Draft d, TargetRun run, WeightReport report) {
        switch (report.outcome()) {
            case APPLIED, WAITING, REFUSED -> answered(d, run, report);
            case DRIFT_REPAIRED -> {
                var words = "a hand edit by " + report.actor() + " was put back";
                d.decide(new Decision.DriftRepaired(run.name(), why(null, words), d.at(), report.actor()));
            }
            case TAKEN_BACK -> takenBack(d, run, report);
            case ENDPOINTS_LOST -> endpointsLost(d, run, report);
            case SUPERSEDED, CHECKED ->
                throw new IllegalStateException("a report of " + report.outcome() + " is taken before");
        }
    }

    private static void answered(Draft d, TargetRun run, WeightReport report) {
        var route = run.traffic().find(report.route());
        var isRepeated = route.answer() == report.outcome() && Objects.equals(route.answered(), report.reason());
        var isConfirmed = report.outcome() == Outcome.APPLIED && !Objects.equals(route.inForce(), report.inForce());
        if ((route.isApplied() && !isConfirmed) || isRepeated) {
            if (seesNews(route, report)) {
                var isTold = runsAnother(route, report) || run.stage() instanceof Stage.AwaitingFinalize;
                d.decide(new Decision.WorkloadSeen(run.name(), standing(d, run, report), d.at(), report, isTold));
                Workloads.take(d, run, report);
                return;
            }
            endpoints(d, run, report);
            return;
        }
        // told again, it changes nothing of where the rollout stands
        var why = route.isApplied() ? standing(d, run, report) : reason(run, report);
        d.decide(new Decision.Answered(run.name(), why, d.at(), report));
        switch (report.outcome()) {
            case REFUSED -> refused(d, run, report);
            case WAITING -> {
                Workloads.take(d, run, report);
                waiting(d, d.run(run.name()), report);
            }
            case APPLIED -> Workloads.take(d, run, report);
            case SUPERSEDED, DRIFT_REPAIRED, TAKEN_BACK, ENDPOINTS_LOST, CHECKED -> {}
        }
    }

    /** Told again, an answer changes what people see only where a backend was without a ready endpoint, or is now. */
    private static void endpoints(Draft d, TargetRun run, WeightReport report) {
        var route = run.traffic().find(report.route());
        var before = route.endpoints();
        var now = report.endpoints();
        if (now == null || (before != null && isSameClass(before, now))) {
            d.ignore(run.name(), "the newest order of " + report.route() + " is answered so already");
            return;
        }
        var isMissed = run.position().why().code() == ReasonCode.ENDPOINTS_LOST
                && run.position().isUnderWay()
                && before != null
                && isNone(before.canary());
        var isBack = isMissed
                && !isNone(now.canary())
                && run.traffic().routes().stream().noneMatch(other -> lacksCanary(other, report.route()));
        var why = isBack
                ? why(ReasonCode.WEIGHT_APPLIED, "ready endpoints are behind " + route.canary() + " again")
                : run.position().why();
        d.decide(new Decision.EndpointsSeen(run.name(), why, d.at(), report, true));
    }

    private static boolean lacksCanary(RouteRun other, String reported) {
        return !other.plan().identity().equals(reported)
                && other.endpoints() != null
                && isNone(other.endpoints().canary());
    }

    private static boolean isSameClass(Endpoints before, Endpoints now) {
        return isNone(before.active()) == isNone(now.active()) && isNone(before.canary()) == isNone(now.canary());
    }

    private static boolean isNone(Ready backend) {
        return backend == null || backend.ready() == 0;
    }

    /** Why it waits, with what the report has seen. */
    private static Why standing(Draft d, TargetRun run, WeightReport report) {
        return run.stage() instanceof Stage.AwaitingFinalize && run.position().hold() == null
                ? Handbacks.awaited(d.state().rollout(), run.with(run.traffic().seeing(report)))
                : run.position().why();
    }

    private static boolean runsAnother(RouteRun route, WeightReport report) {
        var before = route.workloads();
        var now = route.seeing(report).workloads();
        return before == null
                || !Objects.equals(before.active(), now.active())
                || !Objects.equals(before.canary(), now.canary());
    }

    private static boolean seesNews(RouteRun route, WeightReport report) {
        return !Objects.equals(route.seeing(report).workloads(), route.workloads());
    }

    /** An undo waits for nothing: either its backend is there, or somebody has to see to that first. */
    private static void waiting(Draft d, TargetRun run, WeightReport report) {
        if (d.state().rollout().isUndo() && run.stage() instanceof Stage.Moving) {
            var revision = d.state().rollout().revision();
            var words = "can't go back at once: " + report.reason() + "; deploy "
                    + (revision == null ? "the revision before" : revision) + " there, then 'undo' again";
            Rollbacks.begin(d, run.name(), why(ReasonCode.ORDER_REFUSED, words), null);
        }
    }

    private static Why reason(TargetRun run, WeightReport report) {
        return switch (report.outcome()) {
            case APPLIED ->
                run.position().isRollingBack() || report.weight() == null
                        ? run.position().why()
                        : why(ReasonCode.WEIGHT_APPLIED, "weight " + report.weight() + " % applied");
            case WAITING ->
                why(
                        run.position().isRollingBack() ? ReasonCode.ROLLBACK_HELD : ReasonCode.WAITING_FOR_ENDPOINTS,
                        "waits: " + report.reason());
            case REFUSED -> why(ReasonCode.ORDER_REFUSED, "refused: " + report.reason());
            case SUPERSEDED, DRIFT_REPAIRED, TAKEN_BACK, ENDPOINTS_LOST, CHECKED ->
                throw new IllegalStateException(report.outcome() + " answers no order");
        };
    }

    private static void refused(Draft d, TargetRun run, WeightReport report) {
        var why = why(ReasonCode.ORDER_REFUSED, "route " + report.route() + " refused: " + report.reason());
        if (run.stage() instanceof Stage.Beginning) {
            Rollbacks.cancelBeginning(d, run.name(), why);
        } else if (run.stage().goesBack()) {
            Rollbacks.refused(d, d.run(run.name()), report);
        } else {
            Rollbacks.begin(d, run.name(), why, null);
        }
    }

    private static void takenBack(Draft d, TargetRun run, WeightReport report) {
        if (run.stage().goesBack()) {
            d.ignore(run.name(), "taken back while all traffic goes there anyway");
            return;
        }
        var actor = report.actor() == null ? "someone" : report.actor();
        var words = actor + " set the canary to 0 by hand on " + report.route();
        Rollbacks.begin(d, run.name(), why(ReasonCode.TAKEN_BACK, words), actor);
    }

    private static void endpointsLost(Draft d, TargetRun run, WeightReport report) {
        if (!run.position().isUnderWay()) {
            d.ignore(run.name(), "endpoints lost when nothing is raised");
            return;
        }
        var canary = run.traffic().find(report.route()).canary();
        // which Service a backend's endpoints are of the applier knows best
        var reason = Objects.requireNonNullElse(report.reason(), "no ready endpoint is left behind " + canary);
        var why = why(ReasonCode.ENDPOINTS_LOST, reason + ", the canary of " + report.route());
        if (run.plan().onEndpointsLost() == OnEndpointsLost.ROLLBACK) {
            Rollbacks.begin(d, run.name(), why, null);
        } else {
            d.decide(new Decision.EndpointsMissed(run.name(), why, d.at()));
        }
        var now = d.run(run.name()).position().why();
        d.decide(new Decision.EndpointsSeen(run.name(), now, d.at(), report, false));
    }

    /**
     * A fence that this engine issued is a late order's fate; one that it didn't is news (B34), and so is its own fence
     * with other content: a database that came back older issued that pair twice (B43).
     */
    private static void superseded(Draft d, TargetRun run, WeightReport report) {
        var newest = new Fence(run.traffic().generation(), run.traffic().sequence());
        var by = report.by();
        if (by != null
                && !by.isBelow(newest)
                && by.leavesRoom()
                && report.fence().compareTo(newest) == 0) {
            Fences.raise(d, run, report);
        } else {
            d.ignore(run.name(), "order " + words(report.fence()) + " was overtaken");
        }
    }

    private static String words(Fence fence) {
        return fence.generation() + "." + fence.sequence();
    }
}
