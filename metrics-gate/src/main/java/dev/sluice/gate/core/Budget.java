package dev.sluice.gate.core;

/** The memory that all windows of one instance share, in cells of eight bytes. */
final class Budget {
    private long left;

    Budget(long cells) {
        left = cells;
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
