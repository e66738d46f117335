package dev.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@code -Dbench.…} can set.
 *
 * @param root the checkout, whose modules' packaged jars are run
 * @param rollouts how many are in flight
 * @param warmUp rounds that are not counted, while JVMs compile, caches fill and connections open
 * @param samples of everything that is timed
 * @param window how long is watched what goes on by itself, such as CPU time with nothing but healthy traffic
 * @param limit until when a thing that is started in bulk must have begun, else it is told as missing
 * @param heapMegabytes the largest heap of each service
 * @param jfr whether the services are recorded with Java Flight Recorder, for {@code bench/target/run/*.jfr}
 */
public record BenchSettings(
        Path root,
        int rollouts,
        int warmUp,
        int samples,
        Duration window,
        Duration limit,
        int heapMegabytes,
        boolean jfr) {
    /** The word for a property that is not set, since Maven hands on every one. */
    private static final String UNSET = "default";

    /** From so many rollouts on the services need the larger heap. */
    private static final int MANY_ROLLOUTS = 5_000;

    private static final int HEAP_MEGABYTES = 256;
    private static final int LARGE_HEAP_MEGABYTES = 384;

    /** Starting so many in bulk may take ten minutes; more, in proportion. */
    private static final int ROLLOUTS_IN_LIMIT = 1_000;

    /** What a bench uses where nothing is set. */
    public record Defaults(int rollouts, int warmUp, int samples) {}

    public BenchSettings {
        if (rollouts < 1 || warmUp < 1 || samples < 1 || window.isZero() || limit.isZero() || heapMegabytes < 1) {
            throw new IllegalArgumentException(
                    "bench.rollouts, .warmup, .samples, .window, .limit and .heap are at least 1");
        }
    }

    /** @throws IllegalArgumentException where a property makes no sense */
    static BenchSettings fromSystemProperties(Defaults defaults) {
        var rollouts = number("bench.rollouts", defaults.rollouts());
        return new BenchSettings(
                Path.of(System.getProperty("bench.root", ".")).toAbsolutePath().normalize(),
                rollouts,
                number("bench.warmup", defaults.warmUp()),
                number("bench.samples", defaults.samples()),
                Duration.ofSeconds(number("bench.window", 30)),
                Duration.ofSeconds(number("bench.limit", 600 * Math.max(1, rollouts / ROLLOUTS_IN_LIMIT))),
                number("bench.heap", rollouts < MANY_ROLLOUTS ? HEAP_MEGABYTES : LARGE_HEAP_MEGABYTES),
                yes("bench.jfr"));
    }

    private static int number(String property, int otherwise) {
        var text = System.getProperty(property, UNSET);
        try {
            return text.equals(UNSET) ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D%s=%s is no number".formatted(property, text), e);
        }
    }

    private static boolean yes(String property) {
        var text = System.getProperty(property, UNSET);
        return switch (text) {
            case "true" -> true;
            case "false", UNSET -> false;
            default ->
                throw new IllegalArgumentException("-D%s=%s is neither true nor false".formatted(property, text));
        };
    }

    /** Where a run keeps its data and logs. */
    public Path folder() {
        return root.resolve("bench/target/run");
    }

    Path results() {
        return root.resolve("bench/target/results.json");
    }
}
