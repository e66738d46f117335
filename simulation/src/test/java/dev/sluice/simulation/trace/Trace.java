package dev.sluice.simulation.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What happened in a run, in order. The hash covers all of it, so that two runs can be compared; the words of only the
 * last entries are kept, unless all of them are to be read.
 */
public final class Trace {
    private static final int LAST = 60;

    private record Entry(long atMillis, String who, String what, Object about) {
        @Override
        public String toString() {
            return "%9.3f s  %-12s %s %s".formatted(atMillis / 1000.0, who, what, about);
        }
    }

    private final boolean whole;
    private final Collection<Entry> entries;
    private long hash;

    private Trace(boolean whole) {
        this.whole = whole;
        this.entries = whole ? new ArrayList<>() : new ArrayDeque<>(LAST + 1);
    }

    public static Trace ofTheLast() {
        return new Trace(false);
    }

    public static Trace ofEverything() {
        return new Trace(true);
    }

    public void note(long atMillis, String who, String what, Object about) {
        hash = hash * 31 + atMillis;
        hash = hash * 31 + who.hashCode();
        hash = hash * 31 + what.hashCode();
        hash = hash * 31 + (about == null ? 0 : about.hashCode());
        entries.add(new Entry(atMillis, who, what, about));
        if (!whole && entries.size() > LAST) {
            ((ArrayDeque<Entry>) entries).removeFirst();
        }
    }

    public long hash() {
        return hash;
    }

    public List<String> lines() {
        return entries.stream().map(Entry::toString).toList();
    }
}
