package dev.sluice.gate.core;

/**
 * The event ids of one target seen lately, so that a sender's repeat counts once. By the time at which they came, not the
 * one that they name. Bounded in number, and in memory by what all windows share: the oldest are forgotten first.
 */
final class RecentIds {
    /** A hash, a time and its place in the table, with room to grow. */
    private static final int CELLS = 8;

    private static final int FIRST_ROOM = 16;

    /** Two halves of a hash and a time, side by side: what is remembered of an id stands in one place. */
    private static final int WIDTH = 3;

    private static final int LOW = 1;
    private static final int MILLIS = 2;

    private final int limit;
    private final Budget budget;
    /** In the order of arrival. */
    private long[] ring = {};

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
        if (size == room()) {
            resize(Math.max(FIRST_ROOM, 2 * room()));
        }
        var place = (oldest + size) & (room() - 1);
        ring[WIDTH * place] = id.high();
        ring[WIDTH * place + LOW] = id.low();
        ring[WIDTH * place + MILLIS] = atMillis;
        places[slotOf(id.high(), id.low())] = place + 1;
        size++;
    }

    /** For how many the ring is; a power of two, or 0. */
    private int room() {
        return places.length / 2;
    }

    private void resize(int room) {
        ring = unrolled(room);
        oldest = 0;
        places = new int[2 * room];
        for (int i = 0; i < size; i++) {
            places[slotOf(high(i), low(i))] = i + 1;
        }
    }

    /** What is in the ring, from its oldest on, with room behind it. */
    private long[] unrolled(int room) {
        var line = new long[WIDTH * room];
        var upToItsEnd = Math.min(size, room() - oldest);
        System.arraycopy(ring, WIDTH * oldest, line, 0, WIDTH * upToItsEnd);
        System.arraycopy(ring, 0, line, WIDTH * upToItsEnd, WIDTH * (size - upToItsEnd));
        return line;
    }

    private long high(int place) {
        return ring[WIDTH * place];
    }

    private long low(int place) {
        return ring[WIDTH * place + LOW];
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
        return low(place) == low && high(place) == high;
    }

    private int home(long low) {
        return (int) low & (places.length - 1);
    }

    private void forgetOldest() {
        budget.give(CELLS);
        free(slotOf(high(oldest), low(oldest)));
        oldest = (oldest + 1) & (room() - 1);
        size--;
    }

    /** Moves those behind it up that stand further from their home than they need to. */
    private void free(int slot) {
        var mask = places.length - 1;
        var free = slot;
        for (var next = (free + 1) & mask; places[next] != 0; next = (next + 1) & mask) {
            var home = home(low(places[next] - 1));
            if (((next - home) & mask) >= ((next - free) & mask)) {
                places[free] = places[next];
                free = next;
            }
        }
        places[free] = 0;
    }

    void forgetBefore(long millis) {
        while (size > 0 && ring[WIDTH * oldest + MILLIS] < millis) {
            forgetOldest();
        }
        if (size == 0) {
            release();
        } else if (room() > FIRST_ROOM && 4 * size < room()) {
            // what a burst needed is not charged any more
            resize(Math.max(FIRST_ROOM, 2 * Integer.highestOneBit(size)));
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    void release() {
        budget.give((long) CELLS * size);
        ring = new long[0];
        places = new int[0];
        oldest = 0;
        size = 0;
    }
}
