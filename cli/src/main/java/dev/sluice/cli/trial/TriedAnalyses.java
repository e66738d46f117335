package dev.sluice.cli.trial;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All analyses of a release, of which the gate hears as the engine would tell it. */
final class TriedAnalyses {
    private static final String ROLLOUT = "test";

    private final String application;
    private final TargetPlan plan;
    private final Ground ground;
    private final Map<String, TriedAnalysis> byName = new LinkedHashMap<>();
    private final List<Instant> moved = new ArrayList<>();
    private long revision;

    TriedAnalyses(String application, TargetPlan plan, Ground ground) {
        this.application = application;
        this.plan = plan;
        this.ground = ground;
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Null where none of that name was opened. */
    TriedAnalysis get(String name) {
        return byName.get(name);
    }

    /** Empty where it is over. */
    Optional<TriedAnalysis> stillOpen(String id) {
        return open().filter(analysis -> analysis.run().id().equals(id)).findFirst();
    }

    TriedAnalysis open(String name, AnalysisSpec spec) {
        var id = ROLLOUT + "/" + plan.name() + "/" + name + "/1";
        var analysis = new TriedAnalysis(
                id, name, spec, ground.now(), settledAt(spec), Duration.between(ground.begun(), ground.now()));
        byName.put(name, analysis);
        publish();
        return analysis;
    }

    /** @param outcome null where it came to nothing of its own */
    void close(TriedAnalysis analysis, Outcome outcome, String why, Duration after) {
        analysis.close(outcome, why, after);
        publish();
    }

    /** A weight is in force: some queries leave out what comes in so soon after. */
    void moved() {
        if (plan.settles()) {
            moved.add(ground.now());
            publish();
        }
    }

    /** What is left open is stopped. */
    List<Tried.Analysis> told(Duration after) {
        open().forEach(analysis -> analysis.close(null, "stopped with the release", after));
        return byName.values().stream().map(TriedAnalysis::told).toList();
    }

    List<String> notes() {
        return byName.values().stream()
                .filter(analysis -> !analysis.isTold())
                .map(analysis -> "of " + analysis.run().name() + " only the first " + TriedAnalysis.MOST_RUNS
                        + " changes are told")
                .toList();
    }

    private Stream<TriedAnalysis> open() {
        return byName.values().stream().filter(TriedAnalysis::isOpen);
    }

    private Instant settledAt(AnalysisSpec spec) {
        return moved.isEmpty()
                ? ground.now()
                : moved.getLast().plus(spec.settling(plan.settle()).shortestSettle());
    }

    private void publish() {
        ground.judges(new AnalysisSet(
                ROLLOUT,
                application,
                plan.name(),
                1,
                ++revision,
                ground.begun(),
                Map.of(),
                ground.variants(),
                moved,
                open().map(analysis -> analysis.asked(plan.settle())).toList()));
    }
}
