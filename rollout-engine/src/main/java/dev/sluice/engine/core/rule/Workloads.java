package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Analyses;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport;

/**
 * What runs behind a target's backends changes while its rollout is under way (B31): another canary is not what was judged
 * so far, and goes back; another baseline is not what it was judged against, and its analyses begin anew. What nobody sees
 * hasn't changed.
 */
final class Workloads {
    private Workloads() {}

    /** @param before the route as it was before the report */
    static void take(Draft d, TargetRun before, WeightReport report) {
        var route = before.traffic().find(report.route());
        var seen = route.workloads();
        var now = report.workloads();
        if (now == null || seen == null || !before.position().isUnderWay()) {
            return;
        }
        if (differs(seen.canary(), now.canary())
                && (isServed(route) || before.traffic().desired().match() != null)
                && !now.canary().equals(d.state().rollout().revision())) {
            var words = "the workload behind " + route.canary() + ", the canary of " + report.route() + ", runs "
                    + now.canary() + " now, and not " + seen.canary() + " any more";
            Rollbacks.begin(d, before.name(), why(ReasonCode.WORKLOAD_CHANGED, words), null);
        } else if (differs(seen.active(), now.active()) && isNews(before, now.active())) {
            var words = "the workload behind " + route.active() + ", the active backend of " + report.route()
                    + ", runs " + now.active() + " now, and not " + seen.active() + ": judged anew";
            restart(d, before.name(), words);
        }
    }

    private static boolean differs(String before, String now) {
        return before != null && now != null && !before.equals(now);
    }

    /** All routes of a target have the same workloads behind them, and each one's report says so. */
    private static boolean isNews(TargetRun before, String active) {
        return before.traffic().routes().stream()
                .noneMatch(route -> route.workloads() != null
                        && active.equals(route.workloads().active()));
    }

    private static boolean isServed(RouteRun route) {
        return route.applied() != null && !route.applied().isZero();
    }

    private static void restart(Draft d, String target, String words) {
        for (var open : d.run(target).judging().open().toList()) {
            var next = Analyses.next(d, target, open.name(), open.spec());
            var why = why(ReasonCode.ANALYSIS_RUNNING, words);
            d.decide(new Decision.AnalysisRestarted(target, why, d.at(), open.id(), next));
        }
    }
}
