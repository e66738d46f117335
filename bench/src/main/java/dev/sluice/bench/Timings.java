package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/** Durations that were measured one by one, and their quantiles. For one thread. */
public final class Timings {
    private final List<Long> nanos = new ArrayList<>();

    public void add(long measuredNanos) {
        nanos.add(measuredNanos);
    }

    public int count() {
        return nanos.size();
    }

    /**
     * The quantile by nearest rank, so always a duration that was measured: with 100 of them, the 0.99 quantile is the
     * second longest.
     *
     * @param q above 0, at most 1
     * @return milliseconds
     */
    public double millis(double q) {
        if (nanos.isEmpty() || !(q > 0 && q <= 1)) {
            throw new IllegalArgumentException("no quantile %s of %d durations".formatted(q, nanos.size()));
        }
        var rank = (int) Math.ceil(q * nanos.size());
        return nanos.stream().sorted().skip(rank - 1L).findFirst().orElseThrow() / 1e6;
    }
}
