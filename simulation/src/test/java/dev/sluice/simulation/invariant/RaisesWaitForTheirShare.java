package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Traffic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.simulation.world.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * No weight is raised by itself where one run after the other has found, for a minute and longer, that the canary gets far
 * less of the requests than its weight says (B36).
 */
public final class RaisesWaitForTheirShare implements Invariant {
    private static final double FAR_LESS = 0.6;
    private static final Duration LONG = Duration.ofMinutes(1);

    /** @param since null where the last run was not far off */
    private record Found(Instant since, Instant until, int runs) {}

    private final Map<String, Instant> inForce = new HashMap<>();
    private final Map<String, Found> found = new HashMap<>();
    private final Set<String> resumed = new HashSet<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Restored) {
            inForce.clear();
            found.clear();
        } else if (seen instanceof Observation.Committed committed
                && committed.before().rollout() != null) {
            committed.decisions().forEach(decision -> decided(committed, decision));
        }
    }

    private void decided(Observation.Committed committed, Decision decision) {
        var rollout = committed.before().rollout();
        var target = rollout.target(Objects.requireNonNullElse(decision.target(), ""));
        if (target.isEmpty()) {
            return;
        }
        var key = rollout.id() + " " + decision.target();
        switch (decision) {
            case Decision.RunJudged judged
            when committed.event() instanceof Event.VerdictReceived(var at, var verdict) ->
                judged(key, target.get(), judged, verdict);
            case Decision.Answered answered
            when answered.report().outcome() == Outcome.APPLIED -> inForce.put(key, decision.at());
            case Decision.DriftRepaired repaired -> inForce.put(key, decision.at());
            case Decision.Resumed someone -> resumed.add(key);
            case Decision.StepSkipped someone -> resumed.add(key);
            case Decision.Ordered ordered -> {
                if (isRaise(target.get().traffic(), ordered) && isLong(found.get(key)) && !resumed.contains(key)) {
                    throw new Violation(this, key + " is raised though " + found.get(key) + " was far less");
                }
                inForce.remove(key);
            }
            default -> {}
        }
    }

    private void judged(String key, TargetRun run, Decision.RunJudged judged, Verdict verdict) {
        var analysis = run.judging().find(judged.analysis());
        var since = inForce.get(key);
        if (verdict.share() == null || analysis.isEmpty() || since == null || !isApplied(run.traffic())) {
            return;
        }
        var from = begin(analysis.get(), judged.run());
        var to = end(analysis.get(), judged.run());
        var last = found.getOrDefault(key, new Found(null, Instant.MIN, 0));
        if (!from.isBefore(since) && to.isAfter(last.until())) {
            var isFarLess = verdict.share().high() < FAR_LESS * applied(run.traffic());
            found.put(
                    key,
                    isFarLess
                            ? new Found(last.since() == null ? from : last.since(), to, last.runs() + 1)
                            : new Found(null, to, 0));
        }
    }

    private static boolean isLong(Found found) {
        return found != null
                && found.runs() >= 2
                && Duration.between(found.since(), found.until()).compareTo(LONG) >= 0;
    }

    private static boolean isApplied(Traffic traffic) {
        return traffic.order() != null
                && traffic.routes().stream().allMatch(route -> route.answer() == Outcome.APPLIED);
    }

    private static boolean isRaise(Traffic traffic, Decision.Ordered ordered) {
        return ordered.order().weight() != null && ordered.order().weight().hundredths() > applied(traffic) * 100;
    }

    private static double applied(Traffic traffic) {
        return traffic.routes().stream()
                        .map(RouteRun::applied)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(Weight.ZERO)
                        .hundredths()
                / 100.0;
    }

    private static Instant begin(AnalysisRun analysis, int run) {
        return analysis.spec().lookbackMethod() == Lookback.GROWING ? analysis.from() : end(analysis, run - 1);
    }

    private static Instant end(AnalysisRun analysis, int run) {
        return analysis.from().plus(analysis.spec().interval().multipliedBy(run));
    }
}
