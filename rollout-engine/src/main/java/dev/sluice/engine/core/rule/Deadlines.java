package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.rule.step.Webhooks;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;

/** What happens because time has passed. Fires whatever is due, once, however late the engine is told (B07). */
public final class Deadlines {
    private Deadlines() {}

    public static void take(Draft d) {
        freezes(d);
        for (var target : d.runs().stream().map(TargetRun::name).toList()) {
            orderDeadline(d, d.run(target));
            repeat(d, d.run(target));
            Approvals.expire(d, d.run(target));
            Webhooks.due(d, d.run(target));
            missingVerdicts(d, d.run(target));
        }
    }

    private static void freezes(Draft d) {
        for (var freeze : d.state().freezes()) {
            if (freeze.isOver(d.at())) {
                var why = why(null, "freeze " + freeze.id() + " was to end at " + freeze.until());
                d.decide(new Decision.Unfrozen(why, d.at(), freeze.id()));
            }
        }
    }

    /** {@code timeout} runs only while an order awaits its reports (B14). */
    private static void orderDeadline(Draft d, TargetRun run) {
        var order = run.traffic().order();
        if (run.position().isEnded() || !run.traffic().isAwaited() || !isDue(d, order.deadline())) {
            return;
        }
        if (!run.stage().goesBack()) {
            var why = why(ReasonCode.ORDER_TIMED_OUT, unanswered(run));
            Rollbacks.begin(d, run.name(), why, null);
        } else if (!run.position().degraded()) {
            var why = why(
                    ReasonCode.ROLLBACK_DEGRADED, unanswered(run) + "; goes on trying until it succeeds or 'abandon'");
            d.decide(new Decision.Degraded(run.name(), why, d.at()));
        }
    }

    private static void repeat(Draft d, TargetRun run) {
        var order = run.traffic().order();
        if (WakeUps.isRepeated(run) && isDue(d, order.repeatAt())) {
            var again = order.repeatedUntil(d.at().plus(Ordering.untilRepeat(run, d.at())));
            d.decide(new Decision.OrderRepeated(run.name(), why(null, "no report yet: sent again"), d.at(), again));
        }
    }

    /** A silent stretch is one decision, however many runs it had. */
    private static void missingVerdicts(Draft d, TargetRun run) {
        for (var open : run.judging().open().toList()) {
            var upTo = open.lastMissed(d.at());
            if (upTo >= open.nextRun()) {
                d.run(run.name())
                        .judging()
                        .find(open.id())
                        .ifPresent(analysis -> Verdicts.missed(d, run.name(), analysis, upTo));
            }
        }
    }

    private static String unanswered(TargetRun run) {
        if (run.traffic().isSilent()) {
            return "no applier has answered for cluster " + run.plan().cluster();
        }
        return run.traffic().routes().stream()
                .filter(route -> !route.isApplied())
                .map(route -> route.identity() + " answered " + route.answer() + ": " + route.answered())
                .findFirst()
                .orElse("an order awaits its report");
    }

    private static boolean isDue(Draft d, Instant moment) {
        return !d.at().isBefore(moment);
    }
}
