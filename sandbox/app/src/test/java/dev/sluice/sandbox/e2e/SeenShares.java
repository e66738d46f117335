package dev.sluice.sandbox.e2e;

import dev.sluice.sandbox.shop.Split;
import dev.sluice.sandbox.shop.SplitWatch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A backend's share in percent, as a watch of the routing object saw it, without repetitions. */
final class SeenShares implements AutoCloseable {
    private final List<Double> seen = new CopyOnWriteArrayList<>();
    private final String backend;
    private final SplitWatch watch;

    SeenShares(SplitWatch watch, String backend) {
        this.watch = watch;
        this.backend = backend;
        watch.onChange(this::seen);
        watch.newest().ifPresent(this::first);
    }

    /** What was there before anybody listened. */
    private synchronized void first(Split split) {
        if (seen.isEmpty()) {
            seen(split);
        }
    }

    private synchronized void seen(Split split) {
        var share = split.percent(backend);
        if (seen.isEmpty() || seen.getLast() != share) {
            seen.add(share);
        }
    }

    List<Double> all() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        watch.close();
    }
}
