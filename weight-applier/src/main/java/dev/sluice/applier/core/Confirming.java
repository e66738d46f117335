package dev.sluice.applier.core;

import java.time.Instant;

/**
 * How an order that stands in the object waits for the mesh's own word.
 *
 * @param lowers the order took traffic from the canary: it waits for nobody's word
 * @param until when a mesh that says nothing has been waited for long enough; null where nothing was waited for yet
 * @param isOver it was waited for that long
 */
record Confirming(boolean lowers, Instant until, boolean isOver) {
    static final Confirming NOT_BEGUN = new Confirming(false, null, false);
    static final Confirming LOWERING = new Confirming(true, null, false);
    static final Confirming OVER = new Confirming(false, null, true);

    static Confirming until(Instant time) {
        return new Confirming(false, time, false);
    }

    boolean isUntil(Instant time) {
        return time.equals(until);
    }
}
