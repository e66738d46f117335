package dev.sluice.simulation.invariant;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.simulation.people.RolloutFiles;
import dev.sluice.simulation.world.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A verdict agrees with the events themselves, counted here in the simplest way: none passes where the canary's errors
 * or slow requests are above the limit or its requests too few, and none fails a canary that has none of them. The limit
 * on times is a bound of each histogram, so that none of them leaves open on which side a request was.
 */
public final class OnlyWhatIsTrueIsJudged implements Invariant {
    private static final long PANE_MILLIS = 100;
    private static final long GRACE_MILLIS = 500;

    private record Event(
            String application,
            String target,
            String metric,
            long millis,
            long appendedMillis,
            double bad,
            double count,
            boolean isRepeat) {}

    private final List<Event> canary = new ArrayList<>();
    /** Where there is no room to remember an id, its repeat may count. */
    private boolean isRoomScarce;

    private final Set<String> seenIds = new HashSet<>();
    /** An engine whose database came back older may open an analysis a second time, at another time. */
    private final Map<String, Set<Analysis>> analyses = new HashMap<>();

    @Override
    public void see(Observation seen) {
        isRoomScarce |= seen instanceof Observation.RoomIsScarce;
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
        var isRepeat = !seenIds.add(event.id());
        if ((!isRepeat || isRoomScarce) && "canary".equals(event.variant())) {
            var time = event.time() == null ? appended : event.time();
            canary.add(new Event(
                    event.application(),
                    event.target(),
                    event.metric(),
                    time.toEpochMilli(),
                    appended.toEpochMilli(),
                    bad(event),
                    count(event),
                    isRepeat));
        }
    }

    private static double count(MetricEvent event) {
        return event.histogram() == null
                ? event.count()
                : event.histogram().counts().stream().mapToDouble(n -> n).sum();
    }

    /** Errors, or slow requests. */
    private static double bad(MetricEvent event) {
        var histogram = event.histogram();
        if (histogram == null) {
            return event.labels().get("code").startsWith("5") ? event.count() : 0;
        }
        var surelyFast = 0.0;
        for (var bucket = 0; bucket < histogram.bounds().size(); bucket++) {
            if (histogram.bounds().get(bucket) <= RolloutFiles.SLOW) {
                surelyFast += histogram.counts().get(bucket);
            }
        }
        return count(event) - surelyFast;
    }

    private void judged(Verdict verdict) {
        if (!verdict.queries().isEmpty() && verdict.queries().stream().allMatch(Verdict.QueryResult::dryRun)) {
            return; // it only asks, and nobody goes by its outcome
        }
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
        var metric = metric(analysis);
        var inWindow = canary.stream()
                .filter(event -> event.metric().equals(metric)
                        && event.application().equals(verdict.application())
                        && event.target().equals(verdict.target())
                        && event.millis() >= floor(start)
                        && event.millis() < floor(end))
                .toList();
        return switch (verdict.outcome()) {
            // what comes later than the grace may count or not
            case PASS -> {
                var once = inWindow.stream().filter(event -> !event.isRepeat()).toList();
                yield countsAll(verdict, once, graceOver)
                        && Stream.of(once, inWindow)
                                .anyMatch(counted -> isGood(counted, graceOver, limit(metric))
                                        || isGood(counted, Long.MAX_VALUE, limit(metric)));
            }
            case FAIL -> inWindow.stream().anyMatch(event -> event.bad() > 0);
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

    private static boolean isGood(List<Event> events, long appendedBefore, double limit) {
        var counted = events.stream()
                .filter(event -> event.appendedMillis() < appendedBefore)
                .toList();
        var requests = counted.stream().mapToDouble(Event::count).sum();
        var bad = counted.stream().mapToDouble(Event::bad).sum();
        return requests >= RolloutFiles.MINIMUM_SAMPLES && bad <= limit * requests;
    }

    private static String metric(Analysis analysis) {
        return analysis.queries().getFirst().asks() instanceof Question.Ratio ? "requests" : "duration";
    }

    /** The greatest share of errors, or of slow requests. */
    private static double limit(String metric) {
        return metric.equals("requests") ? RolloutFiles.ERROR_LIMIT : RolloutFiles.SLOW_SHARE;
    }

    /** Windows are on the gate's grid. */
    private static long floor(long millis) {
        return Math.floorDiv(millis, PANE_MILLIS) * PANE_MILLIS;
    }
}
