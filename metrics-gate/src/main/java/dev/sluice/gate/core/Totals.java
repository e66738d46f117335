package dev.sluice.gate.core;

import java.util.HashMap;
import java.util.Map;

/**
 * The counters of one target, by series, process and, where a series leaves out labels that tell them apart, by counter. Bounded
 * in number, and in memory by what all windows share. What was read last before a restart is read again, see {@link
 * Bounds#reach}.
 */
final class Totals {
    /** An entry with its key and the counter. */
    private static final int CELLS = 24;

    private record Key(SeriesKey series, String instance, IdHash counter) {}

    private final int limit;
    private final long reachMillis;
    private final long knownFrom;
    private final Budget budget;
    private final Map<Key, Counter> known = new HashMap<>();
    private long forgottenTo = Long.MIN_VALUE;

    /** @param knownFrom every total with a time from here on was seen or will be, milliseconds */
    Totals(Bounds bounds, long knownFrom, Budget budget) {
        this.limit = bounds.totalsPerTarget();
        this.reachMillis = bounds.memoryOfTotals().toMillis();
        this.knownFrom = knownFrom;
        this.budget = budget;
    }

    /**
     * Says false where there is no room to remember it: whatever comes after it tells nothing then.
     *
     * @param isAsked whether a query asks for it: what none does leaves a quarter free for what one may
     */
    boolean hasRoomFor(TotalSample total, boolean isAsked) {
        return known.containsKey(keyOf(total))
                || (known.size() < (isAsked ? limit : limit * 3 / 4)
                        && budget.hasRoom(CELLS + cellsOf(total), isAsked));
    }

    /** There must be room for it. Null where it tells no increase, as the first of nearly every counter. */
    Sample increase(TotalSample total, boolean isAsked) {
        var key = keyOf(total);
        var counter = known.get(key);
        if (counter == null) {
            budget.take(CELLS + cellsOf(total), isAsked);
            known.put(key, new Counter(total));
            return isNew(total) ? Counter.whole(total) : null;
        }
        var before = counter.cells();
        var grown = counter.next(total);
        if (!budget.take(counter.cells() - before)) {
            // a layout that grew in the last of all memory: as if it were not known
            forget(counter, before);
            known.remove(key);
        }
        return grown;
    }

    /** It began lately, and whatever it had come to before would be known: all of it is an increase. */
    private boolean isNew(TotalSample total) {
        var since = total.counting().sinceMillis();
        return since >= knownFrom
                && since > forgottenTo
                && since <= total.counting().atMillis()
                && since >= total.millis() - reachMillis;
    }

    private static Key keyOf(TotalSample total) {
        return new Key(total.series().key(), total.instance(), total.counting().counter());
    }

    private static int cellsOf(TotalSample total) {
        return total.histogram() == null ? 0 : total.histogram().cells();
    }

    /** Those that were last heard of before that time and the reach. */
    void forgetBefore(long millis) {
        known.values().removeIf(counter -> {
            var isOld = counter.appendedMillis() < millis - reachMillis;
            if (isOld) {
                forget(counter, counter.cells());
            }
            return isOld;
        });
    }

    private void forget(Counter counter, int cells) {
        forgottenTo = Math.max(forgottenTo, counter.atMillis());
        budget.give(CELLS + cells);
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    void release() {
        known.values().forEach(counter -> budget.give(CELLS + counter.cells()));
        known.clear();
    }
}
