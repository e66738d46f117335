package dev.sluice.bench.gate;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Row;
import dev.sluice.bench.Timings;
import dev.sluice.schemas.wire.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How fast the gate reads its windows back. One analysis of each partition is replaced by another that looks back over all that was
 * written, further than the windows of any other; so the gate reads every partition from the log again, for all analyses that are
 * open there, and judges nothing before it has: each of these fails as soon as its partition's windows are rebuilt.
 */
final class Rebuild {
    private static final int WARM_UP = 1;
    private static final int LAPS = 3;
    private static final double TIMES_ARRIVAL = 10;

    private final Course course;
    private final DeployedGate gate;
    private final Verdicts verdicts;
    private long revision = 1;

    /** @param course what was written, and is open */
    Rebuild(Course course, DeployedGate gate, Verdicts verdicts) {
        this.course = course;
        this.gate = gate;
        this.verdicts = verdicts;
    }

    List<Row> rows(String bench, Consumer<String> say) throws InterruptedException {
        var timings = new Timings();
        for (int lap = 1 - WARM_UP; lap <= LAPS; lap++) {
            var nanos = lap();
            say.accept(String.format(Locale.ROOT, "rebuild %2d  %.2f s", lap, nanos / 1e9));
            if (lap > 0) {
                timings.add(nanos);
            }
        }
        var seconds = timings.millis(0.5) / 1e3;
        var arrival = new Row.Reference("the rate at which they arrived", course.eventsPerSecond());
        var words = String.format(
                Locale.ROOT,
                "gate, %,d open analyses: rebuild of %d min",
                course.analyses(),
                Duration.ofSeconds(course.events() / course.eventsPerSecond()).toMinutes());
        return List.of(
                Row.alone(bench, words, seconds, "s", null),
                Row.of(
                        bench,
                        words + ", events",
                        course.events() / seconds,
                        "/s",
                        arrival,
                        new Aim.AtLeastTimes(TIMES_ARRIVAL)));
    }

    /** From what makes the gate read all again until the last partition's windows are judged. */
    private long lap() throws InterruptedException {
        revision++;
        var services = oneOfEachPartition();
        services.forEach(service -> verdicts.expect(ShopTraffic.application(service)));
        var began = System.nanoTime();
        services.forEach(service -> gate.open(OpenAnalyses.failing(service, course.start(), revision)));
        var last = 0L;
        for (var service : services) {
            last = Math.max(last, verdicts.await(ShopTraffic.application(service)));
        }
        revision++;
        services.forEach(service -> gate.open(OpenAnalyses.set(service, Instant.now(), revision)));
        return last - began;
    }

    private List<Integer> oneOfEachPartition() {
        var services = new ArrayList<Integer>();
        for (int partition = 0; partition < course.partitions(); partition++) {
            var number = partition;
            services.add(IntStream.range(0, course.services())
                    .filter(service -> partitionOf(service) == number)
                    .findFirst()
                    .orElseThrow());
        }
        return services;
    }

    private int partitionOf(int service) {
        return Keys.partition(
                Keys.applicationTarget(ShopTraffic.application(service), ShopTraffic.target()), course.partitions());
    }
}
