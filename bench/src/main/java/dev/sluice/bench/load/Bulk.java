package dev.sluice.bench.load;

import dev.sluice.bench.Timings;
import dev.sluice.bench.rig.Lookout;
import java.time.Duration;
import java.util.List;

/**
 * One thing that was caused for all rollouts at once, and when it was seen of each.
 *
 * @param timings since the first was caused, of those that were seen
 * @param missing how many were not seen in time
 */
record Bulk(Timings timings, int missing) {
    /** Waits until all are seen, at most for this long. */
    static Bulk await(List<Lookout.Expected> all, long beganNanos, Duration limit) throws InterruptedException {
        var timings = new Timings();
        var missing = 0;
        for (var one : all) {
            var left = limit.minusNanos(System.nanoTime() - beganNanos);
            var seen = one.within(left.isNegative() ? Duration.ZERO : left);
            if (seen.isPresent()) {
                timings.add(seen.get().nanos() - beganNanos);
            } else {
                missing++;
            }
        }
        if (timings.count() == 0) {
            throw new IllegalStateException("none of %d was seen within %d s".formatted(missing, limit.toSeconds()));
        }
        return new Bulk(timings, missing);
    }

    double seconds(double q) {
        return timings.millis(q) / 1e3;
    }

    /** Until the last one. */
    double perSecond() {
        return timings.count() / seconds(1);
    }
}
