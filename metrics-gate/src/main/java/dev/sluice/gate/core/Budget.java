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

    /** The part of it that is open to what is or isn't asked for. */
    Share share(boolean isAsked) {
        return new Share(this, isAsked);
    }

    record Share(Budget whole, boolean isAsked) {
        boolean take(long cells) {
            return whole.take(cells, isAsked);
        }

        void give(long cells) {
            whole.give(cells);
        }
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
