package dev.sluice.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Things to end, the newest first. Something added after the end is ended at once, so that a Ctrl-C in the middle of a
 * start leaves nothing behind.
 */
final class Closing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Adds and returns it. */
    <T extends AutoCloseable> T with(T closeable) {
        synchronized (this) {
            if (!closed) {
                open.push(closeable);
                return closeable;
            }
        }
        end(closeable);
        return closeable;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (var next = pop(); next != null; next = pop()) {
            end(next);
        }
    }

    private synchronized AutoCloseable pop() {
        return open.poll();
    }

    private static void end(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // The rest must end too.
            LOG.log(System.Logger.Level.WARNING, "did not end well: " + closeable, e);
        }
    }
}
