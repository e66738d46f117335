package dev.sluice.gate.core;

/**
 * What one counter of one process has come to, as far as is known. The next total tells what it has grown by since; that
 * counts at the next one's time. A total is never taken for an increase unless its counting is known to have begun after all
 * that was counted before: to count too little is Inconclusive at worst, to count a day's total would fail any canary.
 */
final class Counter {
    private static final long EARLY_MILLIS = 5_000;

    private double number;
    private Buckets buckets;
    private long atMillis;
    private long sinceMillis;
    private long appendedMillis;

    Counter(TotalSample first) {
        remember(first);
    }

    private void remember(TotalSample total) {
        number = total.number();
        buckets = total.histogram();
        atMillis = total.counting().atMillis();
        sinceMillis = total.counting().sinceMillis();
        appendedMillis = total.appendedMillis();
    }

    /** Null where it tells no increase; a repeat and what is older than what is known are no news. */
    Sample next(TotalSample total) {
        var isNews = total.counting().atMillis() > atMillis;
        if (!isNews && !isImpossible(total)) {
            return null;
        }
        if (isNews && contradicts(total)) {
            return null;
        }
        var grown = isNews ? grown(total) : null;
        remember(total);
        return grown;
    }

    /** What is known was of a time that had not come, and still hasn't: its sender's clock was put right. */
    private boolean isImpossible(TotalSample total) {
        return atMillis > Math.max(appendedMillis, total.appendedMillis()) + EARLY_MILLIS;
    }

    /**
     * Less than before, and counted since the same beginning: two count by one name. Were the lesser one remembered, the
     * difference to the other would be an increase.
     */
    private boolean contradicts(TotalSample total) {
        if (!areKnown(total) || total.counting().sinceMillis() != sinceMillis) {
            return false;
        }
        return buckets == null
                ? total.histogram() == null && total.number() < number
                : total.histogram() != null
                        && total.histogram().hasSameBounds(buckets)
                        && !total.histogram().isAtLeast(buckets);
    }

    private boolean areKnown(TotalSample total) {
        return sinceMillis != Counting.UNKNOWN && total.counting().sinceMillis() != Counting.UNKNOWN;
    }

    private Sample grown(TotalSample total) {
        var since = total.counting().sinceMillis();
        if (areKnown(total) && since != sinceMillis) {
            // a beginning before the last total is that of another process by the same name
            return since >= atMillis ? whole(total) : null;
        }
        if ((buckets == null) != (total.histogram() == null)) {
            return null;
        }
        if (buckets == null) {
            return total.number() >= number ? total.grownBy(total.number() - number) : whole(total);
        }
        if (!total.histogram().hasSameBounds(buckets)) {
            return null;
        }
        return total.histogram().isAtLeast(buckets)
                ? total.grownBy(total.histogram().minus(buckets))
                : whole(total);
    }

    /** All of it, because the counting has just begun. */
    static Sample whole(TotalSample total) {
        return total.histogram() == null ? total.grownBy(total.number()) : total.grownBy(total.histogram());
    }

    long atMillis() {
        return atMillis;
    }

    long appendedMillis() {
        return appendedMillis;
    }

    int cells() {
        return buckets == null ? 0 : buckets.cells();
    }
}
