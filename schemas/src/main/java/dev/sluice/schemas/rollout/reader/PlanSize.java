package dev.sluice.schemas.rollout.reader;

import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;

/** A small file may name the same many times, and each target has its own: what it comes to is stored, and bounded. */
final class PlanSize {
    private static final long MOST_QUERIES = 20_000;

    private PlanSize() {}

    static void check(RolloutPlan plan, Problems problems) {
        var queries = plan.targets().stream()
                .flatMap(TargetPlan::analyses)
                .mapToLong(analysis -> analysis.queries().size())
                .sum();
        if (queries > MOST_QUERIES) {
            problems.add(
                    Pointer.of("targets"),
                    "the queries of all analyses of all targets are " + queries + " together; at most " + MOST_QUERIES
                            + " may be: roll out fewer targets at a time, or ask less of each");
        }
    }
}
