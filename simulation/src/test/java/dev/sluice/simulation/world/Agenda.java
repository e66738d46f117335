package dev.sluice.simulation.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time and what is to happen in it. Actions of one instant run in the order in which they were planned. */
final class Agenda {
    private record Entry(long atMillis, long number, Runnable action) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atMillis).thenComparingLong(Entry::number));
    private long nowMillis;
    private long planned;

    long nowMillis() {
        return nowMillis;
    }

    void in(long millis, Runnable action) {
        entries.add(new Entry(nowMillis + Math.max(0, millis), planned++, action));
    }

    void runUntil(long endMillis) {
        while (!entries.isEmpty() && entries.peek().atMillis() <= endMillis) {
            var next = entries.remove();
            nowMillis = next.atMillis();
            next.action().run();
        }
        nowMillis = endMillis;
    }
}
