package dev.sluice.schemas.rollout.reader;

import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;
import java.util.stream.Stream;

/** A small file may name the same many times, and each target has its own: what it comes to is stored, and bounded. */
final class PlanSize {
    private static final long MOST_QUERIES = 20_000;

    private PlanSize() {}

    static void check(RolloutPlan plan, Problems problems) {
        var queries = plan.targets().stream()
                .flatMap(PlanSize::analyses)
                .mapToLong(analysis -> analysis.queries().size())
                .sum();
        if (queries > MOST_QUERIES) {
            problems.add(
                    Pointer.of("targets"),
                    "the queries of all analyses of all targets are " + queries + " together; at most " + MOST_QUERIES
                            + " may be: roll out fewer targets at a time, or ask less of each");
        }
    }

    private static Stream<AnalysisSpec> analyses(TargetPlan target) {
        return Stream.concat(
                Stream.ofNullable(target.background()),
                Stream.of(target.before(), target.steps(), target.after())
                        .flatMap(List::stream)
                        .flatMap(PlanSize::analyses));
    }

    private static Stream<AnalysisSpec> analyses(Step step) {
        return switch (step) {
            case Step.Analysis analysis -> Stream.of(analysis.spec());
            case Step.Together several -> several.conditions().stream().flatMap(PlanSize::analyses);
            default -> Stream.empty(); // asks nothing
        };
    }
}
