package dev.sluice.gate.core;

/** The memory that all windows of one instance share, in cells of eight bytes. */
final class Budget {
    private final long reserve;
    private long left;

    Budget(long cells) {
        left = cells;
        reserve = cells / 4;
    }

    /** @param isAsked whether a query asks for it: what none does leaves a quarter free for what one may */
    boolean take(long cells, boolean isAsked) {
        return (isAsked || cells <= left - reserve) && take(cells);
    }

    /** Whether {@link #take} would say yes. */
    boolean hasRoom(long cells, boolean isAsked) {
        return cells <= (isAsked ? left : left - reserve);
    }

    /** Whether it pays to give back early. */
    boolean isLow() {
        return left < 2 * reserve;
    }

    boolean take(long cells) {
        if (cells > left) {
            return false;
        }
        left -= cells;
        return true;
    }

    void give(long cells) {
        left += cells;
    }

    long left() {
        return left;
    }
}
