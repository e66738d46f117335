package dev.sluice.bench;

import java.nio.file.Path;

/**
 * What {@code -Dbench.…} can set.
 *
 * @param root the checkout, whose modules' packaged jars are run
 * @param rollouts how many are in flight
 * @param warmUp rounds that are not counted, while JVMs compile, caches fill and connections open
 * @param samples of everything that is timed
 */
public record BenchSettings(Path root, int rollouts, int warmUp, int samples) {
    public BenchSettings {
        if (rollouts < 1 || warmUp < 1 || samples < 1) {
            throw new IllegalArgumentException("bench.rollouts, bench.warmup and bench.samples are at least 1");
        }
    }

    /** @throws IllegalArgumentException where a property makes no sense */
    static BenchSettings fromSystemProperties() {
        return new BenchSettings(
                Path.of(System.getProperty("bench.root", ".")).toAbsolutePath().normalize(),
                number("bench.rollouts", 100),
                number("bench.warmup", 200),
                number("bench.samples", 120));
    }

    private static int number(String property, int otherwise) {
        var text = System.getProperty(property, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D%s=%s is no number".formatted(property, text), e);
        }
    }

    /** Where a run keeps its data and logs. */
    public Path folder() {
        return root.resolve("bench/target/run");
    }

    Path results() {
        return root.resolve("bench/target/results.json");
    }
}
