package dev.sluice.bench.latency;

import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.rig.Comparison;
import dev.sluice.bench.rig.Journey;
import dev.sluice.bench.rig.Names;
import dev.sluice.bench.rig.Rig;
import dev.sluice.bench.rig.RolloutFile;
import dev.sluice.bench.rig.Sluice;
import dev.sluice.bench.rig.Turns;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Times Sluice from the message to the weight in force, with many rollouts in flight, against a floor that is measured in
 * turns with it. One thing happens at a time.
 */
public final class LatencyBench implements Bench {
    private static final Duration ANALYSIS_INTERVAL = Duration.ofSeconds(30);
    private static final Duration TRAFFIC_PERIOD = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        var rows = many(settings, say);
        var fresh = new FreshSandbox(settings, say).rows(name());
        return Stream.concat(rows.stream(), fresh.stream()).toList();
    }

    private List<Row> many(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        try (var sluice = Sluice.start(settings, say);
                var rig = new Rig(sluice.platform(), new RolloutFile(ANALYSIS_INTERVAL))) {
            say.accept("Starting %d rollouts …".formatted(settings.rollouts()));
            rig.fleet().launch(settings.rollouts());
            rig.traffic(Names.services(0, settings.rollouts()), TRAFFIC_PERIOD);
            var journeys = List.of(Journey.values());
            say.accept("Warming up, %d rounds …".formatted(settings.warmUp()));
            new Turns(rig).rounds(settings.warmUp(), journeys);
            say.accept("Measuring, %d rounds …".formatted(settings.samples()));
            return told(new Turns(rig).rounds(settings.samples(), journeys).comparisons(), say);
        }
    }

    private List<Row> told(Collection<Comparison> comparisons, Consumer<String> say) {
        say.accept(
                "\nWhere the time goes (medians; a stage ends when its record is read, or the watch shows the weight):");
        comparisons.forEach(comparison -> say.accept(comparison.stages()));
        say.accept("""
                For comparison: Argo Rollouts takes 33 ms to carry out an abort with 30 rollouts, and 0.6 s with 1,000, \
                measured on a machine like this one (2 shared cores).
                """);
        return comparisons.stream()
                .flatMap(comparison -> comparison.rows(name()).stream())
                .toList();
    }
}
