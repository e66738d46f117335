package dev.sluice.engine.core;

import static dev.sluice.engine.core.Deliberation.why;

import dev.sluice.schemas.message.ReasonCode;

/** Brings a target back to weight 0: at once, from anywhere, past everything (B01). */
final class Rollbacks {
    private Rollbacks() {}

    static void begin(Deliberation d, String target, Why why, String actor) {
        begin(d, target, why, actor, false);
    }

    /** @param force also where the active backend has no ready endpoint (B32) */
    static void begin(Deliberation d, String target, Why why, String actor, boolean force) {
        var run = d.run(target);
        if (run.stage() instanceof Stage.Pending) {
            d.decide(new Decision.Cancelled(target, why, d.at()));
            return;
        }
        d.decide(new Decision.RollbackBegan(target, why, d.at(), actor));
        Ordering.back(d, target, force, why);
        Verdicts.stopAll(d, target, "rolled back");
    }

    /** Nothing was moved and nothing may be: the routes are left as they are, and the target never started. */
    static void cancelBeginning(Deliberation d, String target, Why why) {
        Ordering.letGo(d, target, why);
        d.decide(new Decision.Cancelled(target, why, d.at()));
    }

    /** Why a target is on its way back, without what happened on that way. */
    static Why cause(TargetRun run) {
        return run.position().cause() == null
                ? why(ReasonCode.ABORTED, "rolled back")
                : run.position().cause();
    }
}
