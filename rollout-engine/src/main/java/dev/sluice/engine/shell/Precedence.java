package dev.sluice.engine.shell;

import java.time.Duration;

/**
 * Lets the orders of a commit go out before what else it says: somebody's traffic waits for the ones, and nobody for a
 * moment longer for the others. For a moment only: what is wrong with orders keeps nothing else waiting (B39).
 */
final class Precedence {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long longestNanos;
    private boolean ordersWait;

    /** @param longest how long orders come first */
    Precedence(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    synchronized void ordersWait() {
        ordersWait = true;
    }

    synchronized void ordersAreOut() {
        ordersWait = false;
        notifyAll();
    }

    /** Returns once no orders wait, or after the longest time. */
    synchronized void giveWay() {
        var began = System.nanoTime();
        try {
            while (ordersWait) {
                var left = longestNanos - (System.nanoTime() - began);
                if (left <= 0) {
                    return;
                }
                wait(1 + left / NANOS_PER_MILLI);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
