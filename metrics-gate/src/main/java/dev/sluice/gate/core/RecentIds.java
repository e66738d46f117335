package dev.sluice.gate.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** The event ids of one target seen lately, so that a sender's repeat counts once. Bounded: the oldest are forgotten first. */
final class RecentIds {
    private final Map<String, Long> appendedMillis;

    RecentIds(int limit) {
        appendedMillis = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > limit;
            }
        };
    }

    /** Says false for an id that is known already. */
    boolean add(String id, long atMillis) {
        return appendedMillis.putIfAbsent(id, atMillis) == null;
    }

    void forgetBefore(long millis) {
        var oldest = appendedMillis.values().iterator();
        while (oldest.hasNext() && oldest.next() < millis) {
            oldest.remove();
        }
    }
}
