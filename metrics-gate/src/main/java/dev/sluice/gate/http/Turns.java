package dev.sluice.gate.http;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/** How many requests with metrics are unpacked, read and sent at the same time: what each may become in memory is bounded, too. */
@Singleton
class Turns {
    private static final int AT_ONCE = 2;

    private final Semaphore turns = new Semaphore(AT_ONCE);

    boolean tryTake() {
        return turns.tryAcquire();
    }

    void giveBack() {
        turns.release();
    }
}
