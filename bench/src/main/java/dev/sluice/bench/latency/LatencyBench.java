package dev.sluice.bench.latency;

import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.sandbox.Platform;
import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Times Sluice from the message to the weight in force, with many rollouts in flight, against a floor that is measured in
 * turns with it. One thing happens at a time.
 */
public final class LatencyBench implements Bench {
    /** As in the services' container image, but for the heap. */
    private static final List<String> JVM_FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /** The journey without an aim is timed in every so manieth round. */
    private static final int RARELY = 4;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        say.accept("Starting Kafka, PostgreSQL, a Kubernetes API and the three services …");
        try (var platform =
                        Platform.start(FreePort.any(), settings.folder().resolve("parts"), KubernetesPart.Choice.AUTO);
                var services = Services.start(
                        platform,
                        settings.root(),
                        settings.folder().resolve("logs"),
                        service -> FreePort.any(),
                        JVM_FLAGS,
                        Map.of())) {
            say.accept("  %s, %d cores, JDK %s; rollout-engine at port %d"
                    .formatted(
                            platform.kubernetes().describe(),
                            Runtime.getRuntime().availableProcessors(),
                            System.getProperty("java.version"),
                            services.get(SluiceService.ENGINE).port()));
            KubernetesPart.createNamespaces(platform.client(), List.of(Names.NAMESPACE));
            return measure(platform, settings, say);
        }
    }

    private List<Row> measure(Platform platform, BenchSettings settings, Consumer<String> say)
            throws InterruptedException {
        say.accept("Starting %d rollouts …".formatted(settings.rollouts()));
        try (var rig = new Rig(platform, settings.rollouts())) {
            say.accept("Warming up, %d rounds …".formatted(settings.warmUp()));
            rounds(settings.warmUp(), rig);
            say.accept("Measuring, %d rounds …".formatted(settings.samples()));
            return told(rounds(settings.samples(), rig), say);
        }
    }

    /** Floor and Sluice in turns, so that a machine that gets slower or faster does so for both. */
    private static Map<Journey, Comparison> rounds(int rounds, Rig rig) throws InterruptedException {
        var comparisons = new EnumMap<Journey, Comparison>(Journey.class);
        for (int round = 0; round < rounds; round++) {
            for (var journey : Journey.values()) {
                if (journey.isAimed() || round % RARELY == 0) {
                    var ofFloor = rig.floor().measure(journey.topics().size());
                    var ofSluice = rig.stopwatch().measure(journey);
                    comparisons.computeIfAbsent(journey, Comparison::new).add(ofSluice, ofFloor);
                }
            }
            rig.fleet().refill();
        }
        return comparisons;
    }

    private List<Row> told(Map<Journey, Comparison> comparisons, Consumer<String> say) {
        say.accept(
                "\nWhere the time goes (medians; a stage ends when its record is read, or the watch shows the weight):");
        comparisons.values().forEach(comparison -> say.accept(comparison.stages()));
        say.accept("""
                For comparison: Argo Rollouts takes 33 ms to carry out an abort with 30 rollouts, and 0.6 s with 1,000, \
                measured on a machine like this one (2 shared cores).""");
        return comparisons.values().stream()
                .flatMap(comparison -> comparison.rows(name()).stream())
                .toList();
    }
}
