package dev.sluice.simulation.bus;

import dev.sluice.simulation.machine.Machine;
import java.util.List;
import java.util.function.ToLongFunction;

/** A machine's reading of one partition, from a position on, in batches of any size. */
public final class Follower {
    private final Machine machine;
    private final Log log;
    private final ToLongFunction<List<Log.Entry>> handler;
    private final Runnable listener = this::wake;
    private long position;
    private boolean isWoken;
    private boolean isBusy;
    private boolean isClosed;

    /** What a handler answers that is still at work and will say by {@link #seek} when and where to go on. */
    public static final long BUSY = -1;

    /** @param handler takes a batch and says from which offset to go on */
    public Follower(Machine machine, Log log, long position, ToLongFunction<List<Log.Entry>> handler) {
        this.machine = machine;
        this.log = log;
        this.position = position;
        this.handler = handler;
        log.onAppend(listener);
    }

    public Log log() {
        return log;
    }

    public long position() {
        return position;
    }

    public boolean isClosed() {
        return isClosed;
    }

    /** Reads on soon, if there is something to read. */
    public void wake() {
        if (!isWoken && !isBusy && !isClosed && position < log.end()) {
            isWoken = true;
            machine.later(machine.faults().latencyMillis(), this::poll);
        }
    }

    public void seek(long offset) {
        isBusy = false;
        position = offset;
        wake();
    }

    public void close() {
        isClosed = true;
        log.forget(listener);
    }

    private void poll() {
        isWoken = false;
        if (isClosed) {
            return;
        }
        var batch = log.from(position, machine.faults().batchSize());
        if (batch.isEmpty()) {
            position = log.end();
            return;
        }
        var next = handler.applyAsLong(batch);
        if (next == BUSY) {
            isBusy = true;
        } else {
            position = next;
            wake();
        }
    }
}
