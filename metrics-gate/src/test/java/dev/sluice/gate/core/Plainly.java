package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/** Keeps all events and walks over all of them whenever it is asked: slow, and too simple to be wrong. */
final class Plainly {
    private static final long PANE = Bounds.DEFAULT.pane().toMillis();

    private record Kept(long millis, MetricEvent event) {}

    /** @param value null where there is none */
    record Found(Double value, long samples) {}

    record Window(long start, long end) {
        /** Of a run of this analysis; several where it may have been extended. */
        static List<Window> of(Analysis analysis, int run) {
            var interval = analysis.interval().toMillis();
            var from = analysis.from().toEpochMilli();
            var start = analysis.lookbackMethod() == Lookback.SLIDING ? from + (run - 1) * interval : from;
            var end = floor(from + run * interval);
            var limit = floor(from + run * interval + analysis.maxWait().toMillis());
            return LongStream.rangeClosed(0, (limit - end) / PANE)
                    .mapToObj(panes -> new Window(floor(start), end + panes * PANE))
                    .toList();
        }

        private static long floor(long millis) {
            return Math.floorDiv(millis, PANE) * PANE;
        }
    }

    /** Whether a pane begins so soon after one of these moves, or holds it. */
    static LongPredicate settling(List<Instant> moved, Duration settle) {
        return millis -> moved.stream().anyMatch(move -> {
            var pane = Window.floor(millis);
            return pane + PANE > move.toEpochMilli() && pane < move.plus(settle).toEpochMilli();
        });
    }

    private final List<Kept> events = new ArrayList<>();

    /** Must be new: whoever sends it twice takes it once. */
    void take(Arrival arrival) {
        events.add(new Kept(millis(arrival.event().time(), arrival.appended()), arrival.event()));
    }

    private static long millis(Instant own, Instant appended) {
        var isHonoured = own != null
                && !own.isBefore(appended.minus(Duration.ofSeconds(60)))
                && !own.isAfter(appended.plus(Duration.ofSeconds(5)));
        return (isHonoured ? own : appended).toEpochMilli();
    }

    /**
     * The share of errors among the requests of a side, or the mean of its depths.
     *
     * @param leftOut times that are not looked at
     */
    Found measure(boolean errors, Variant side, Window window, LongPredicate leftOut) {
        double sum = 0;
        double samples = 0;
        for (var kept : events) {
            var event = kept.event();
            var isAsked = kept.millis() >= window.start()
                    && kept.millis() < window.end()
                    && !leftOut.test(kept.millis())
                    && (event.count() != null) == errors
                    && side.owns(SeriesKey.of(event));
            if (isAsked) {
                samples += errors ? event.count() : 1;
                sum += errors ? (event.labels().get("code").startsWith("5") ? event.count() : 0) : event.value();
            }
        }
        return samples == 0 ? new Found(null, 0) : new Found(sum / samples, (long) samples);
    }
}
