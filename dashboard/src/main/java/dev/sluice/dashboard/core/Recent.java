package dev.sluice.dashboard.core;

/** The last things that were told, without a gap, so that a stream goes on where it broke off. */
final class Recent {
    private final Told[] ring;
    private final long mostChars;
    private long first = 1;
    private long next = 1;
    private long chars;

    Recent(int most, long mostChars) {
        this.ring = new Told[most];
        this.mostChars = mostChars;
    }

    /** The position that the next one has. */
    long next() {
        return next;
    }

    void add(Told told) {
        if (told.position() != next) {
            throw new IllegalArgumentException(told.position() + " is not the next position, " + next);
        }
        if (next - first == ring.length) {
            forgetFirst();
        }
        ring[slot(next)] = told;
        chars += told.chars();
        next++;
        while (chars > mostChars) {
            forgetFirst();
        }
    }

    /** Whether all that came after this position is still here. */
    boolean reaches(long position) {
        return position >= first - 1 && position < next;
    }

    /** The one after this position, or null where it is the last. */
    Told after(long position) {
        return position + 1 < next ? ring[slot(position + 1)] : null;
    }

    private void forgetFirst() {
        chars -= ring[slot(first)].chars();
        ring[slot(first)] = null;
        first++;
    }

    private int slot(long position) {
        return (int) (position % ring.length);
    }
}
