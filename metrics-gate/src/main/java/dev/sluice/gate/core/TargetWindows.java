package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** All series of one application and target. */
final class TargetWindows {
    private static final int REFUSED_METRICS = 100;

    private final Bounds bounds;
    private final Budget budget;
    private final Map<SeriesKey, Series> series = new HashMap<>();
    private final Map<String, List<Series>> byMetric = new HashMap<>();
    private final Map<String, Long> refusedAt = new HashMap<>();
    private final RecentIds ids;

    TargetWindows(Bounds bounds, Budget budget) {
        this.bounds = bounds;
        this.budget = budget;
        this.ids = new RecentIds(bounds.idsPerTarget());
    }

    boolean isRepeat(MetricEvent event, long millis) {
        return event.id() != null && !ids.add(event.id(), millis);
    }

    /** Says false where the bounds leave no room; verdicts on that metric say so while a window reaches it. */
    boolean add(MetricEvent event, long millis) {
        var line = seriesOf(event);
        var kept = line != null && line.add(millis, event, bounds, budget);
        if (!kept && (refusedAt.size() < REFUSED_METRICS || refusedAt.containsKey(event.metric()))) {
            refusedAt.merge(event.metric(), millis, Math::max);
        }
        return kept;
    }

    private Series seriesOf(MetricEvent event) {
        var key = SeriesKey.of(event);
        var known = series.get(key);
        if (known != null || series.size() >= bounds.seriesPerTarget() || !budget.take(Series.CELLS)) {
            return known;
        }
        var added = new Series(key);
        series.put(key, added);
        byMetric.computeIfAbsent(key.metric(), metric -> new ArrayList<>(2)).add(added);
        return added;
    }

    List<Series> ofMetric(String metric) {
        return byMetric.getOrDefault(metric, List.of());
    }

    boolean hasRefused(String metric) {
        return refusedAt.containsKey(metric) || refusedAt.size() == REFUSED_METRICS;
    }

    Iterable<Series> all() {
        return series.values();
    }

    void tidy(long keepFrom, long fineFrom, LongUnaryOperator segment) {
        ids.forgetBefore(keepFrom);
        refusedAt.values().removeIf(millis -> millis < keepFrom);
        series.values().removeIf(line -> {
            line.tidy(keepFrom, fineFrom, segment, budget);
            if (line.isEmpty()) {
                budget.give(Series.CELLS);
                byMetric.computeIfPresent(line.key().metric(), (metric, lines) -> {
                    lines.remove(line);
                    return lines.isEmpty() ? null : lines;
                });
            }
            return line.isEmpty();
        });
    }

    /** Gives all memory back. */
    void release() {
        series.values().forEach(line -> budget.give(line.cells() + Series.CELLS));
        series.clear();
        byMetric.clear();
    }

    boolean isEmpty() {
        return series.isEmpty();
    }
}
