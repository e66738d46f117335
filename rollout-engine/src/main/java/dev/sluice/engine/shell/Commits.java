package dev.sluice.engine.shell;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * News of commits, this instance's and others': what makes the relay, the timers and waiting readers go on at once
 * instead of looking again and again.
 */
@ApplicationScoped
public class Commits {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<Instant>>> alarms = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition another = lock.newCondition();
    private long count;

    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    void onWakeUps(Consumer<List<Instant>> listener) {
        alarms.add(listener);
    }

    /** @param wakeUps when the applications concerned have something to do by themselves */
    void happened(List<Instant> wakeUps) {
        somewhere();
        alarms.forEach(alarm -> alarm.accept(wakeUps));
    }

    /** Another instance committed, or this one. */
    void somewhere() {
        listeners.forEach(Runnable::run);
        lock.lock();
        try {
            count++;
            another.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many commits were heard of; read it before looking for something, then wait for another. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there were more than {@code seen}; false when that takes longer than {@code longest}. */
    public boolean awaitAnother(long seen, Duration longest) throws InterruptedException {
        var left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (count <= seen) {
                if (left <= 0) {
                    return false;
                }
                left = another.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
