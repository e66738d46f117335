package dev.sluice.simulation.invariant;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.simulation.people.RolloutFiles;
import dev.sluice.simulation.world.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A verdict agrees with the events themselves, counted here in the simplest way: none passes where the canary's errors
 * are above the limit or its requests too few, and none fails a canary that has made no errors.
 */
public final class OnlyWhatIsTrueIsJudged implements Invariant {
    private static final long PANE_MILLIS = 100;
    private static final long GRACE_MILLIS = 500;

    private record Event(
            String application, String target, long millis, long appendedMillis, boolean isError, double count) {}

    private final List<Event> canary = new ArrayList<>();
    private final Set<String> seenIds = new HashSet<>();
    /** An engine whose database came back older may open an analysis a second time, at another time. */
    private final Map<String, Set<Analysis>> analyses = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Appended(var topic, var partition, var offset, var key, var message, var at)) {
            switch (message) {
                case MetricEvent event when topic == Topic.METRICS -> measured(event, at);
                case AnalysisSet set ->
                    set.analyses()
                            .forEach(analysis -> analyses.computeIfAbsent(analysis.analysis(), id -> new HashSet<>())
                                    .add(analysis));
                case Verdict verdict -> judged(verdict);
                case null, default -> {}
            }
        }
    }

    private void measured(MetricEvent event, Instant appended) {
        if (seenIds.add(event.id()) && "canary".equals(event.variant())) {
            var time = event.time() == null ? appended : event.time();
            canary.add(new Event(
                    event.application(),
                    event.target(),
                    time.toEpochMilli(),
                    appended.toEpochMilli(),
                    event.labels().get("code").startsWith("5"),
                    event.count()));
        }
    }

    private void judged(Verdict verdict) {
        if (analyses.get(verdict.analysis()).stream().noneMatch(analysis -> isTrue(verdict, analysis))) {
            throw new Violation(this, "the events say otherwise: " + verdict);
        }
    }

    private boolean isTrue(Verdict verdict, Analysis analysis) {
        var interval = analysis.interval().toMillis();
        var from = analysis.from().toEpochMilli();
        var start = analysis.lookbackMethod() == Lookback.GROWING ? from : from + (verdict.run() - 1) * interval;
        var end = from + verdict.run() * interval;
        var graceOver = floor(end) + GRACE_MILLIS;
        var inWindow = canary.stream()
                .filter(event -> event.application().equals(verdict.application())
                        && event.target().equals(verdict.target())
                        && event.millis() >= floor(start)
                        && event.millis() < floor(end))
                .toList();
        return switch (verdict.outcome()) {
            // what comes later than the grace may count or not
            case PASS ->
                countsAll(verdict, inWindow, graceOver)
                        && (isGood(inWindow, graceOver) || isGood(inWindow, Long.MAX_VALUE));
            case FAIL -> inWindow.stream().anyMatch(Event::isError);
            case INCONCLUSIVE, ERROR -> true;
        };
    }

    /** A pass has seen every event that was there in time; samples are whole numbers, so each may have lost a part. */
    private static boolean countsAll(Verdict verdict, List<Event> events, long appendedBefore) {
        var inTime = events.stream()
                .filter(event -> event.appendedMillis() < appendedBefore)
                .toList();
        var requests = inTime.stream().mapToDouble(Event::count).sum();
        return verdict.queries().getFirst().samples().canary() + inTime.size() >= requests;
    }

    private static boolean isGood(List<Event> events, long appendedBefore) {
        var counted = events.stream()
                .filter(event -> event.appendedMillis() < appendedBefore)
                .toList();
        var requests = counted.stream().mapToDouble(Event::count).sum();
        var errors = counted.stream()
                .filter(Event::isError)
                .mapToDouble(Event::count)
                .sum();
        return requests >= RolloutFiles.MINIMUM_SAMPLES && errors <= RolloutFiles.ERROR_LIMIT * requests;
    }

    /** Windows are on the gate's grid. */
    private static long floor(long millis) {
        return Math.floorDiv(millis, PANE_MILLIS) * PANE_MILLIS;
    }
}
