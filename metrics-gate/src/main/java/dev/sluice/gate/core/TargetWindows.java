package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** All series of one application and target. */
final class TargetWindows {
    private static final int REFUSED_METRICS = 100;
    private static final int SEEN_METRICS = 1000;

    private final Bounds bounds;
    private final Budget budget;
    private final Map<SeriesKey, Series> series = new HashMap<>();
    private final Map<String, List<Series>> byMetric = new HashMap<>();
    private final Map<String, Long> refusedAt = new HashMap<>();
    private final Set<String> seenMetrics = new HashSet<>();
    private final Set<String> askedMetrics = new HashSet<>();
    private long othersRefusedAt = Long.MIN_VALUE;
    private long refusals;
    private final RecentIds ids;

    TargetWindows(Bounds bounds, Budget budget) {
        this.bounds = bounds;
        this.budget = budget;
        this.ids = new RecentIds(bounds.idsPerTarget(), budget);
    }

    /** @param appendedMillis a sender's repeat may come long after the time that it names */
    boolean isRepeat(MetricEvent event, long appendedMillis) {
        return event.id() != null && !ids.add(event.id(), appendedMillis);
    }

    /** Says false where the bounds leave no room; verdicts on that metric say so while a window reaches it. */
    boolean add(MetricEvent event, long millis, boolean isAsked) {
        if (seenMetrics.size() < SEEN_METRICS) {
            seenMetrics.add(event.metric());
        }
        var line = seriesOf(event, isAsked);
        var share = budget.share(isAsked);
        var kept = line != null && line.add(millis, event, bounds, share);
        if (isAsked) {
            askedMetrics.add(event.metric());
        }
        if (!kept) {
            refused(event.metric(), millis, isAsked);
        }
        refusals += kept ? 0 : 1;
        return kept;
    }

    /** What queries ask for is always named, for there is little of it; of the rest only so many. */
    private void refused(String metric, long millis, boolean isAsked) {
        if (isAsked || refusedAt.size() < REFUSED_METRICS || refusedAt.containsKey(metric)) {
            refusedAt.merge(metric, millis, Math::max);
        } else {
            othersRefusedAt = Math.max(othersRefusedAt, millis);
        }
    }

    /** What no query asks for leaves room for what one does. */
    private Series seriesOf(MetricEvent event, boolean isAsked) {
        var key = SeriesKey.of(event);
        var known = series.get(key);
        var most = isAsked ? bounds.seriesPerTarget() : bounds.seriesPerTarget() * 3 / 4;
        if (known != null || series.size() >= most || !budget.take(Series.CELLS, isAsked)) {
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
        return refusedAt.containsKey(metric) || (othersRefusedAt > Long.MIN_VALUE && !askedMetrics.contains(metric));
    }

    /** Remembered beyond any window, so that an absent metric can be told from a mistyped one. */
    boolean everSaw(String metric) {
        return seenMetrics.contains(metric) || seenMetrics.size() >= SEEN_METRICS;
    }

    long refusals() {
        return refusals;
    }

    Iterable<Series> all() {
        return series.values();
    }

    void tidy(long keepFrom, long fineFrom, LongUnaryOperator segment) {
        ids.forgetBefore(keepFrom);
        refusedAt.values().removeIf(millis -> millis < keepFrom);
        othersRefusedAt = othersRefusedAt < keepFrom ? Long.MIN_VALUE : othersRefusedAt;
        refusals = refusedAt.isEmpty() ? 0 : refusals;
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
        ids.release();
        series.clear();
        byMetric.clear();
    }

    boolean isEmpty() {
        return series.isEmpty() && ids.isEmpty();
    }

    /** Whether a window may lack what there was no room for: with that forgotten, what came later would pass alone (B10). */
    boolean hasRefusals() {
        return !refusedAt.isEmpty() || othersRefusedAt > Long.MIN_VALUE;
    }
}
