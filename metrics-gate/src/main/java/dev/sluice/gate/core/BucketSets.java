package dev.sluice.gate.core;

import java.util.HashMap;
import java.util.Map;

/** The histograms of one target whose buckets come one by one, as Prometheus has them: {@code <name>_bucket} by {@code le}. */
final class BucketSets {
    private static final String SUFFIX = "_bucket";
    private static final String BOUND = "le";

    private final long reachMillis;
    private final int limit;
    private final Budget budget;
    private final Map<Key, BucketSet> known = new HashMap<>();

    BucketSets(Bounds bounds, Budget budget) {
        this.reachMillis = bounds.memoryOfTotals().toMillis();
        this.limit = bounds.totalsPerTarget();
        this.budget = budget;
    }

    /** Which histogram a bucket is of: of one process, and, where its series leaves out labels that tell them apart, by what they hash to. */
    record Key(SeriesKey series, String instance, IdHash counter) {}

    /** Null where it is no bucket. */
    static Key keyOf(TotalSample total) {
        var key = total.series().key();
        var length = key.metric().length() - SUFFIX.length();
        if (total.histogram() != null
                || length <= 0
                || !key.metric().endsWith(SUFFIX)
                || !key.labels().containsKey(BOUND)) {
            return null;
        }
        var labels = new HashMap<>(key.labels());
        labels.remove(BOUND);
        var series = new SeriesKey(key.metric().substring(0, length), key.variant(), key.revision(), labels);
        return new Key(series, total.instance(), total.counting().counter());
    }

    boolean hasRoomFor(Key key, boolean isAsked) {
        return (known.containsKey(key) || known.size() < limit) && budget.hasRoom(2L * BucketSet.CELLS, isAsked);
    }

    /** There must be room for it. Null where no histogram is whole by this. */
    TotalSample take(Key key, TotalSample bucket) {
        var bound = bound(bucket.series().key().labels().get(BOUND));
        if (Double.isNaN(bound)) {
            return null;
        }
        var set = known.get(key);
        var before = set == null ? 0 : set.cells();
        if (set == null) {
            set = new BucketSet(
                    bucket.series().of(key.series().metric(), key.series().labels()));
            known.put(key, set);
        }
        var whole = set.add(bound, bucket);
        if (!budget.take(set.cells() - before)) {
            // the last of all memory: as if it were not known
            budget.give(before);
            known.remove(key);
        }
        return whole;
    }

    private static double bound(String text) {
        if (text.equals("+Inf") || text.equals("Inf")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Those that were last heard of before that time and the reach. */
    void forgetBefore(long millis) {
        known.values().removeIf(set -> {
            var isOld = set.appendedMillis() < millis - reachMillis;
            if (isOld) {
                budget.give(set.cells());
            }
            return isOld;
        });
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    void release() {
        known.values().forEach(set -> budget.give(set.cells()));
        known.clear();
    }
}
