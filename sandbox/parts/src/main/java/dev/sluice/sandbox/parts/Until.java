package dev.sluice.sandbox.parts;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that has no event to wait for. */
final class Until {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Until() {}

    /** Returns once the condition holds; {@link IllegalStateException} names it when the limit has passed. */
    static void holds(String condition, long limitSeconds, BooleanSupplier test) {
        var end = System.nanoTime() + Duration.ofSeconds(limitSeconds).toNanos();
        while (!test.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("after %d s still not true: %s".formatted(limitSeconds, condition));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
