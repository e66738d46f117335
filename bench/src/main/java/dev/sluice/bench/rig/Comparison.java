package dev.sluice.bench.rig;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Row;
import dev.sluice.bench.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** One journey's samples beside the floor's of the same run. */
public final class Comparison {
    private static final double MEDIAN = 0.5;
    private static final double SLOWEST = 0.99;

    private final Journey journey;
    private final List<Sample> sluice = new ArrayList<>();
    private final List<Sample> floor = new ArrayList<>();

    public Comparison(Journey journey) {
        this.journey = journey;
    }

    public void add(Sample ofSluice, Sample ofFloor) {
        sluice.add(ofSluice);
        floor.add(ofFloor);
    }

    public List<Row> rows(String bench) {
        return List.of(
                row(bench, journey.word(), "p50", MEDIAN, journey.isAimed() ? Journey.TYPICAL : null),
                row(bench, journey.word(), "p99", SLOWEST, journey.isAimed() ? Journey.SLOWEST : null));
    }

    /**
     * One quantile, Sluice's beside the floor's.
     *
     * @param name of the row, which {@code word} is added to
     * @param aim null for a value that is only told
     */
    public Row row(String bench, String name, String word, double q, Aim aim) {
        var hops = journey.topics().size();
        var reference = new Row.Reference(
                "floor %s: %d Kafka hops, 1 commit, 1 PUT".formatted(word, hops), millis(floor, q, Sample::totalNanos));
        return Row.of(bench, name + " " + word, millis(sluice, q, Sample::totalNanos), "ms", reference, aim);
    }

    /** Where the time goes: the median of each stage, with the floor's. */
    public String stages() {
        var text = new StringBuilder("%s (%d samples)%n".formatted(journey.word(), sluice.size()));
        var from = "published";
        for (int index = 0; index < sluice.getFirst().stages(); index++) {
            var stage = index;
            var to = index < journey.stages().size()
                    ? journey.stages().get(index).word()
                    : "weight seen";
            text.append(String.format(
                    Locale.ROOT,
                    "  %-34s %7.2f ms   floor %7.2f ms%n",
                    from + " → " + to,
                    millis(sluice, MEDIAN, sample -> sample.stageNanos(stage)),
                    millis(floor, MEDIAN, sample -> sample.stageNanos(stage))));
            from = to;
        }
        return text.toString();
    }

    private static double millis(List<Sample> samples, double q, ToLongFunction<Sample> nanos) {
        var timings = new Timings();
        samples.forEach(sample -> timings.add(nanos.applyAsLong(sample)));
        return timings.millis(q);
    }
}
