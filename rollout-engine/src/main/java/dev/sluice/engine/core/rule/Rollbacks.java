package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport;

/** Brings a target back to weight 0: at once, from anywhere, past everything (B01). */
public final class Rollbacks {
    private Rollbacks() {}

    public static void begin(Draft d, String target, Why why, String actor) {
        begin(d, target, why, actor, false);
    }

    /** @param force also where the active backend has no ready endpoint (B32) */
    public static void begin(Draft d, String target, Why why, String actor, boolean force) {
        var run = d.run(target);
        if (run.traffic().generation() == 0) {
            Verdicts.stopAll(d, target, "never begun");
            d.decide(new Decision.Cancelled(target, why, d.at()));
            return;
        }
        if (isDeployed(run) && run.traffic().order().end() == End.RELEASE) {
            block(d, target, why); // nothing is left to move
            return;
        }
        d.decide(new Decision.RollbackBegan(target, why, d.at(), actor));
        Ordering.back(d, target, force, why);
        Verdicts.stopAll(d, target, "rolled back");
    }

    /**
     * What a target waited for has failed: it goes back. What was to pass after the deployment blocks only those that
     * depend on it, unless the targets go back together.
     */
    public static void failed(Draft d, String target, Why why, String actor) {
        failed(d, target, why, actor, false);
    }

    /** @param force as in {@link #begin}: it changes nothing of what a failure leads to */
    public static void failed(Draft d, String target, Why why, String actor, boolean force) {
        if (isDeployed(d.run(target)) && !Together.isRollbackGroup(d)) {
            block(d, target, why);
        } else {
            begin(d, target, why, actor, force);
        }
    }

    private static boolean isDeployed(TargetRun run) {
        return run.stage() instanceof Gate gate && gate.place() == Place.AFTER;
    }

    private static void block(Draft d, String target, Why why) {
        Verdicts.stopAll(d, target, "over");
        var words = "promoted, and those that depend on it never start: " + why.words();
        d.decide(new Decision.Promoted(target, why(ReasonCode.AFTER_DEPLOYMENT_FAILED, words), d.at(), true));
    }

    /**
     * On its way back a route refused: it would move traffic that this generation isn't known to have moved. Its object
     * may say that Sluice did, in a time that a restored database doesn't know, and under which roles (B43). A fence that this
     * engine wrote says no such thing: its weight may be what somebody else set, found when the route was let go.
     */
    public static void refused(Draft d, TargetRun run, WeightReport report) {
        var route = run.traffic().find(report.route());
        var by = report.by();
        if (route.begun() || by == null || by.active() == null) {
            return; // goes on trying (B02), or is left alone (B41)
        }
        var corrected = route.withActive(by.active());
        var isCorrected = !corrected.active().equals(route.active());
        if (isCorrected || (by.generation() > run.traffic().known() && isAsWritten(route, by))) {
            var words = "the object of " + report.route() + " names " + by.active() + " as its active backend";
            d.decide(new Decision.ActiveLearnt(
                    run.name(), why(null, words), d.at(), report.route(), by.active(), !isCorrected));
            Ordering.back(d, run.name(), run.traffic().order().force(), cause(run));
        }
    }

    private static boolean isAsWritten(RouteRun route, Fence by) {
        var found = route.foundPercent();
        return found != null
                && by.weight() != null
                && !by.weight().isZero()
                && route.active().equals(by.active())
                && Fences.isNear(found, by.weight());
    }

    /** Every route is back, or was left alone: nothing was ever moved there. */
    public static void finish(Draft d, TargetRun run) {
        if (run.traffic().isLeftAlone()) {
            cancelBeginning(d, run.name(), cause(run));
        } else {
            rest(d, run);
            d.decide(new Decision.RolledBack(run.name(), cause(run), d.at()));
        }
    }

    /** What was a beginning on the way back rests like any other route from now on; where none was begun, it is let go. */
    private static void rest(Draft d, TargetRun run) {
        var isKept = run.traffic().order().end() == End.KEEP;
        if (isKept && run.traffic().routes().stream().anyMatch(RouteRun::begins)) {
            Ordering.rest(d, run.name(), cause(run));
        }
    }

    /** Nothing was moved and nothing may be: the routes are left as they are, and the target never started. */
    public static void cancelBeginning(Draft d, String target, Why why) {
        Ordering.letGo(d, target, why);
        d.decide(new Decision.Cancelled(target, why, d.at()));
    }

    /** Why a target is on its way back, without what happened on that way; one that goes on stays at its reason. */
    public static Why cause(TargetRun run) {
        if (run.position().cause() != null) {
            return run.position().cause();
        }
        return run.position().isRollingBack()
                ? why(ReasonCode.ABORTED, "rolled back")
                : run.position().why();
    }
}
