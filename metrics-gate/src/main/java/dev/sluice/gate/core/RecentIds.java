package dev.sluice.gate.core;

/**
 * The event ids of one target seen lately, so that a sender's repeat counts once. By the time at which they came, not the
 * one that they name. Bounded in number, and in memory by what all windows share: the oldest are forgotten first.
 */
final class RecentIds {
    /** A hash, a time and its place in the table, with room to grow. */
    private static final int CELLS = 8;

    private static final int FIRST_ROOM = 16;

    private final int limit;
    private final Budget budget;
    /** A ring in the order of arrival. */
    private long[] highs = {};

    private long[] lows = {};
    private long[] appendedMillis = {};
    private int oldest;
    private int size;
    /** Finds a place in the ring, plus one, by hash; half empty, so that the next free one is near. */
    private int[] places = {};

    RecentIds(int limit, Budget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Says false for an id that is known already. */
    boolean add(IdHash id, long atMillis) {
        if (size > 0 && places[slotOf(id.high(), id.low())] != 0) {
            return false;
        }
        while (size > 0 && size >= limit) {
            forgetOldest();
        }
        while (!budget.take(CELLS, false)) {
            if (size == 0) {
                return true; // no room to remember it: it counts, and so would a repeat
            }
            forgetOldest();
        }
        remember(id, atMillis);
        return true;
    }

    private void remember(IdHash id, long atMillis) {
        if (size == highs.length) {
            grow();
        }
        var place = (oldest + size) & (highs.length - 1);
        highs[place] = id.high();
        lows[place] = id.low();
        appendedMillis[place] = atMillis;
        places[slotOf(id.high(), id.low())] = place + 1;
        size++;
    }

    private void grow() {
        resize(Math.max(FIRST_ROOM, 2 * highs.length));
    }

    private void resize(int room) {
        highs = unrolled(highs, room);
        lows = unrolled(lows, room);
        appendedMillis = unrolled(appendedMillis, room);
        oldest = 0;
        places = new int[2 * room];
        for (int i = 0; i < size; i++) {
            places[slotOf(highs[i], lows[i])] = i + 1;
        }
    }

    /** What is in the ring, from its oldest on, with room behind it. */
    private long[] unrolled(long[] ring, int room) {
        var line = new long[room];
        var upToItsEnd = Math.min(size, ring.length - oldest);
        System.arraycopy(ring, oldest, line, 0, upToItsEnd);
        System.arraycopy(ring, 0, line, upToItsEnd, size - upToItsEnd);
        return line;
    }

    /** Where the id is in the table, or would be. */
    private int slotOf(long high, long low) {
        var slot = home(low);
        while (places[slot] != 0 && !isAt(places[slot] - 1, high, low)) {
            slot = (slot + 1) & (places.length - 1);
        }
        return slot;
    }

    private boolean isAt(int place, long high, long low) {
        return lows[place] == low && highs[place] == high;
    }

    private int home(long low) {
        return (int) low & (places.length - 1);
    }

    private void forgetOldest() {
        budget.give(CELLS);
        free(slotOf(highs[oldest], lows[oldest]));
        oldest = (oldest + 1) & (highs.length - 1);
        size--;
    }

    /** Moves those behind it up that stand further from their home than they need to. */
    private void free(int slot) {
        var mask = places.length - 1;
        var free = slot;
        for (var next = (free + 1) & mask; places[next] != 0; next = (next + 1) & mask) {
            var home = home(lows[places[next] - 1]);
            if (((next - home) & mask) >= ((next - free) & mask)) {
                places[free] = places[next];
                free = next;
            }
        }
        places[free] = 0;
    }

    void forgetBefore(long millis) {
        while (size > 0 && appendedMillis[oldest] < millis) {
            forgetOldest();
        }
        if (size == 0) {
            release();
        } else if (highs.length > FIRST_ROOM && 4 * size < highs.length) {
            // what a burst needed is not charged any more
            resize(Math.max(FIRST_ROOM, 2 * Integer.highestOneBit(size)));
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    void release() {
        budget.give((long) CELLS * size);
        highs = new long[0];
        lows = new long[0];
        appendedMillis = new long[0];
        places = new int[0];
        oldest = 0;
        size = 0;
    }
}
