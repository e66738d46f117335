package dev.sluice.applier.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * Lets only so many calls of a cluster's API server run at once, since more only make it answer later; those on a way
 * back go first. Never blocks who submits.
 */
final class CallQueue {
    private final int most;
    private final Executor threads;
    private final Deque<Runnable> back = new ArrayDeque<>();
    private final Deque<Runnable> others = new ArrayDeque<>();
    private int running;

    CallQueue(int most, Executor threads) {
        this.most = most;
        this.threads = threads;
    }

    void submit(boolean goesBack, Runnable call) {
        synchronized (this) {
            (goesBack ? back : others).add(call);
        }
        startNext();
    }

    private void startNext() {
        Runnable next;
        synchronized (this) {
            next = running < most ? poll() : null;
            running += next == null ? 0 : 1;
        }
        if (next != null) {
            start(next);
        }
    }

    private void start(Runnable call) {
        threads.execute(() -> {
            try {
                call.run();
            } finally {
                synchronized (this) {
                    running--;
                }
                startNext();
            }
        });
    }

    private Runnable poll() {
        return back.isEmpty() ? others.poll() : back.poll();
    }
}
