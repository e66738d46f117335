package dev.sluice.gate.core;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The event ids of one target seen lately, so that a sender's repeat counts once. By the time at which they came, not the
 * one that they name. Bounded in number, and in memory by what all windows share: the oldest are forgotten first.
 */
final class RecentIds {
    /** A text, its entry and its time, without the characters. */
    private static final int CELLS = 16;

    private final Map<String, Long> appendedMillis = new LinkedHashMap<>();
    private final int limit;
    private final Budget budget;

    RecentIds(int limit, Budget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Says false for an id that is known already. */
    boolean add(String id, long atMillis) {
        if (appendedMillis.containsKey(id)) {
            return false;
        }
        while (!appendedMillis.isEmpty() && appendedMillis.size() >= limit) {
            forgetOldest();
        }
        while (!budget.take(cells(id), false)) {
            if (appendedMillis.isEmpty()) {
                return true; // no room to remember it: it counts, and so would a repeat
            }
            forgetOldest();
        }
        appendedMillis.put(id, atMillis);
        return true;
    }

    private static int cells(String id) {
        return CELLS + id.length() / 8;
    }

    private void forgetOldest() {
        var oldest = appendedMillis.keySet().iterator();
        budget.give(cells(oldest.next()));
        oldest.remove();
    }

    void forgetBefore(long millis) {
        while (!appendedMillis.isEmpty() && appendedMillis.values().iterator().next() < millis) {
            forgetOldest();
        }
    }

    boolean isEmpty() {
        return appendedMillis.isEmpty();
    }

    void release() {
        while (!appendedMillis.isEmpty()) {
            forgetOldest();
        }
    }
}
