package dev.sluice.gate.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** All series of one application and target, and what is judged of it. */
final class TargetWindows {
    private static final int REFUSED_METRICS = 100;
    private static final int SEEN_METRICS = 1000;
    static final long HISTORY_PANE_MILLIS = 60_000;

    private final TargetKey key;
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
    private final Alerts alerts;
    private final Totals totals;
    private final BucketSets buckets;
    private TargetAnalyses analyses;
    private int segmentsKnown = -1;
    private long keptSince = Long.MIN_VALUE;
    private long logBegins = Long.MIN_VALUE;
    private long tidiedAt = Long.MIN_VALUE;
    private long touchedBy;
    private long dueMillis = Long.MAX_VALUE;
    private boolean awaits;
    private boolean isJudgedByEvents = true;

    /** @param totalsKnownFrom see {@link Totals} */
    TargetWindows(
            TargetKey key, Bounds bounds, Budget budget, Alerts alerts, long totalsKnownFrom, TargetAnalyses analyses) {
        this.key = key;
        this.bounds = bounds;
        this.budget = budget;
        this.ids = new RecentIds(bounds.idsPerTarget(), budget);
        this.totals = new Totals(bounds, totalsKnownFrom, budget);
        this.buckets = new BucketSets(bounds, budget);
        this.alerts = alerts;
        this.analyses = analyses;
    }

    TargetKey key() {
        return key;
    }

    Budget budget() {
        return budget;
    }

    /** Null where nothing of it is judged. */
    TargetAnalyses analyses() {
        return analyses;
    }

    /** These are open now: each series finds out once what they make of it. */
    void judgedBy(TargetAnalyses those) {
        if (analyses != null && analyses != those) {
            analyses.dropSums();
        }
        analyses = those;
        isJudgedByEvents = true;
        segmentsKnown = -1;
        series.values().forEach(line -> line.listenedToBy(Listeners.of(line.key(), analyses)));
    }

    /** When the {@link Agenda}, which sets it, has it. */
    long dueMillis() {
        return dueMillis;
    }

    void dueAt(long millis) {
        dueMillis = millis;
    }

    /** Whether a run awaits its last events. */
    boolean awaits() {
        return awaits;
    }

    void awaits(boolean whether) {
        awaits = whether;
    }

    /** Whether its runs are to be looked at when events come in, and not only when the agenda says so. */
    boolean isJudgedByEvents() {
        return isJudgedByEvents && analyses != null;
    }

    void judgedByEvents(boolean whether) {
        isJudgedByEvents = whether;
    }

    /** Says true once for each batch. */
    boolean isTouchedBy(long batch) {
        var first = touchedBy != batch;
        touchedBy = batch;
        return first;
    }

    /** @return whether its id was seen before; a sender's repeat may come long after the time that it names */
    boolean isRepeat(Sample sample) {
        return sample.id() != null && !ids.add(sample.id(), sample.appendedMillis());
    }

    /** Where it says false, verdicts on that metric say so while a window reaches it. */
    boolean hasRoomFor(TotalSample total) {
        var metric = total.series().key().metric();
        var hasRoom = totals.hasRoomFor(total, isAsked(metric));
        if (!hasRoom) {
            refuse(total);
        }
        return hasRoom;
    }

    /** What a counter has grown by; there must be room to remember it. Null where this total doesn't tell. */
    Sample increase(TotalSample total) {
        return totals.increase(total, isAsked(total.series().key().metric()));
    }

    /** The histogram that is whole by this bucket; null where none is. Where it finds no room, verdicts say so. */
    TotalSample histogram(TotalSample bucket) {
        var key = BucketSets.keyOf(bucket);
        if (key == null) {
            return null;
        }
        var metric = key.series().metric();
        if (!buckets.hasRoomFor(key, isAsked(metric))) {
            refused(metric, bucket.millis(), isAsked(metric));
            refusals++;
            return null;
        }
        return buckets.take(key, bucket);
    }

    /** Says null where the bounds leave no room; verdicts on that metric say so while a window reaches it. */
    Series add(Sample sample) {
        var line = sample.series().kept();
        line = line == null ? seriesOf(sample.series()) : line;
        if (line != null && line.isAskedForTheFirstTime()) {
            askedMetrics.add(line.key().metric());
        }
        if (line != null && line.add(sample, bounds, budget)) {
            return line;
        }
        refuse(sample);
        return null;
    }

    private void refuse(Sample sample) {
        var metric = sample.series().key().metric();
        refused(metric, sample.millis(), isAsked(metric));
        refusals++;
    }

    private boolean isAsked(String metric) {
        return analyses != null && analyses.asksFor(metric);
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
    private Series seriesOf(SeriesName name) {
        var metric = name.key().metric();
        if (seenMetrics.size() < SEEN_METRICS) {
            seenMetrics.add(metric);
        }
        var isAsked = isAsked(metric);
        if (isAsked) {
            askedMetrics.add(metric);
        }
        var known = series.get(name.key());
        var most = isAsked ? bounds.seriesPerTarget() : bounds.seriesPerTarget() * 3 / 4;
        if (known != null || series.size() >= most || !budget.take(Series.CELLS, isAsked)) {
            return rememberedIn(name, known);
        }
        var added = new Series(name.key(), this);
        added.listenedToBy(Listeners.of(name.key(), analyses));
        series.put(name.key(), added);
        byMetric.computeIfAbsent(metric, m -> new ArrayList<>(2)).add(added);
        return rememberedIn(name, added);
    }

    private static Series rememberedIn(SeriesName name, Series line) {
        if (line != null) {
            name.keptAs(line);
        }
        return line;
    }

    Alerts alerts() {
        return alerts;
    }

    List<Series> ofMetric(String metric) {
        return byMetric.getOrDefault(metric, List.of());
    }

    boolean hasRefused(String metric) {
        return hasRefusals()
                && (refusedAt.containsKey(metric)
                        || (othersRefusedAt > Long.MIN_VALUE && !askedMetrics.contains(metric)));
    }

    /** Remembered beyond any window, so that an absent metric can be told from a mistyped one. */
    Seen everSaw(String metric) {
        if (seenMetrics.contains(metric) || askedMetrics.contains(metric)) {
            return Seen.YES;
        }
        return seenMetrics.size() < SEEN_METRICS ? Seen.NO : Seen.NOT_KNOWN;
    }

    long refusals() {
        return refusals;
    }

    Collection<Series> all() {
        return series.values();
    }

    long tidiedAt() {
        return tidiedAt;
    }

    /** Forgets what no window can reach and merges what none cuts. */
    void tidy(long clock, long fineFrom) {
        tidiedAt = clock;
        var judgedFrom = analyses == null ? Long.MAX_VALUE : analyses.earliestJudged();
        var keepFrom = Math.min(fineFrom, judgedFrom);
        var keepPanesFrom = hasRoomForHistory()
                ? Math.min(keepFrom, clock - bounds.history().toMillis())
                : keepFrom;
        keptSince = Math.max(keptSince, keepPanesFrom);
        ids.forgetBefore(keepFrom);
        alerts.tidy(clock, keepFrom);
        totals.forgetBefore(keepFrom);
        buckets.forgetBefore(keepFrom);
        refusedAt.values().removeIf(millis -> millis < keepFrom);
        othersRefusedAt = othersRefusedAt < keepFrom ? Long.MIN_VALUE : othersRefusedAt;
        refusals = refusedAt.isEmpty() ? 0 : refusals;
        var segments = analyses == null ? 0 : analyses.segments();
        var again = segments != segmentsKnown;
        segmentsKnown = segments;
        LongUnaryOperator segment = analyses == null
                ? at -> Math.floorDiv(at, HISTORY_PANE_MILLIS)
                : at -> analyses.segment(at) + Math.floorDiv(at, HISTORY_PANE_MILLIS);
        series.values().removeIf(line -> {
            line.tidy(keepPanesFrom, fineFrom, segment, again, budget);
            if (line.isEmpty()) {
                forget(line);
            }
            return line.isEmpty();
        });
        if (isEmpty() && !hasRefusals()) {
            seenMetrics.clear();
            askedMetrics.clear();
        }
    }

    /** What is past gives way to what comes in. */
    private boolean hasRoomForHistory() {
        return !budget.isLow() && series.size() <= bounds.seriesPerTarget() / 2;
    }

    /** The log no longer holds all events with an earlier time. */
    void logBegins(long millis) {
        logBegins = millis;
    }

    /** Of what was before, some may be missing. */
    long completeSince() {
        return Math.max(keptSince, logBegins);
    }

    /** What was before is not here any more, or never was. */
    long keptSince() {
        return keptSince;
    }

    private void forget(Series line) {
        budget.give(Series.CELLS);
        line.leave();
        byMetric.computeIfPresent(line.key().metric(), (metric, lines) -> {
            lines.remove(line);
            return lines.isEmpty() ? null : lines;
        });
    }

    /** Gives all memory back. */
    void release() {
        if (analyses != null) {
            analyses.dropSums();
        }
        series.values().forEach(line -> {
            budget.give(line.cells() + Series.CELLS);
            line.leave();
        });
        ids.release();
        totals.release();
        buckets.release();
        alerts.release();
        series.clear();
        byMetric.clear();
    }

    boolean isEmpty() {
        return series.isEmpty() && ids.isEmpty() && alerts.isEmpty() && totals.isEmpty() && buckets.isEmpty();
    }

    /** Whether a window may lack what there was no room for: with that forgotten, what came later would pass alone (B10). */
    boolean hasRefusals() {
        return !refusedAt.isEmpty() || othersRefusedAt > Long.MIN_VALUE;
    }
}
