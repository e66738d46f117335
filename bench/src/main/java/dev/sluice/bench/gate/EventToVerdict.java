package dev.sluice.bench.gate;

import dev.sluice.bench.Row;
import dev.sluice.bench.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long it is from an event that breaks a limit, just before its producer sends it, until its verdict has come to a consumer:
 * one at a time, in turns with bare clients, while healthy events of all services come in.
 */
final class EventToVerdict {
    private static final int WARM_UP = 250;
    private static final int SAMPLES = 500;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int ERRORS = 100_000;

    private final Course course;
    private final DeployedGate gate;
    private final Verdicts verdicts;

    /** @param course what is open */
    EventToVerdict(Course course, DeployedGate gate, Verdicts verdicts) {
        this.course = course;
        this.gate = gate;
        this.verdicts = verdicts;
    }

    List<Row> rows(String bench, Consumer<String> say) throws InterruptedException {
        var breaking = new Timings();
        var roundTrips = new Timings();
        var hops = new Timings();
        // each has recovered long before it is its turn again
        var services = IntStream.range(0, course.services())
                .filter(OpenAnalyses::recovers)
                .toArray();
        try (var bare = new BareWay(course.bootstrapServers());
                var traffic = new LiveTraffic(course, gate)) {
            for (int i = -WARM_UP; i < SAMPLES; i++) {
                var hop = bare.hop();
                var roundTrip = bare.roundTrip();
                var verdict = breakLimit(services[(i + WARM_UP) % services.length]);
                if (i >= 0) {
                    hops.add(hop);
                    roundTrips.add(roundTrip);
                    breaking.add(verdict);
                }
                Thread.sleep(PAUSE);
            }
            say.accept(String.format(
                    Locale.ROOT,
                    "event to verdict: %d breaking events, %,d healthy ones meanwhile",
                    SAMPLES + WARM_UP,
                    traffic.sent()));
        }
        var words = String.format(Locale.ROOT, "gate, %,d open analyses: event to verdict ", course.analyses());
        return List.of(
                row(bench, words + "p50", breaking, roundTrips, 0.5),
                row(bench, words + "p99", breaking, roundTrips, 0.99),
                Row.alone(bench, "a bare record, written and read, p50", hops.millis(0.5), "ms", null),
                Row.alone(bench, "a bare record, written and read, p99", hops.millis(0.99), "ms", null));
    }

    private long breakLimit(int service) throws InterruptedException {
        var application = ShopTraffic.application(service);
        verdicts.expect(application);
        var began = System.nanoTime();
        gate.send(service, ShopTraffic.errors(service, ERRORS));
        return verdicts.await(application) - began;
    }

    private static Row row(String bench, String what, Timings timings, Timings bare, double q) {
        var reference = new Row.Reference("a record read and answered by bare clients in the same run", bare.millis(q));
        return Row.of(bench, what, timings.millis(q), "ms", reference, null);
    }
}
