package dev.sluice.cli.replay;

import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How far a target's queries look back over the rollout's beginning: as a gate says it. */
final class LooksBack {
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

    private LooksBack() {}

    static Duration of(String application, TargetPlan plan) {
        var specs = plan.analyses().toList();
        var gate = new Gate(Bounds.DEFAULT, StandardJudging.create(), key -> 0);
        gate.on(new GateEvent.AnalysesChanged(new AnalysisSet(
                "replay",
                application,
                plan.name(),
                1,
                1,
                BEGUN,
                Map.of(),
                new AnalysisSet.Variants(null, null),
                List.of(),
                IntStream.range(0, specs.size())
                        .mapToObj(number -> analysis(number, specs.get(number)))
                        .toList())));
        return gate.earliestJudged()
                .map(earliest -> Duration.between(earliest, BEGUN))
                .filter(back -> !back.isNegative())
                .orElse(Duration.ZERO);
    }

    private static AnalysisSet.Analysis analysis(int number, AnalysisSpec spec) {
        return new AnalysisSet.Analysis(
                "replay/" + number,
                Integer.toString(number),
                BEGUN,
                spec.interval(),
                spec.runs(),
                spec.lookbackMethod(),
                spec.maxWait(),
                spec.score(),
                spec.queries());
    }
}
