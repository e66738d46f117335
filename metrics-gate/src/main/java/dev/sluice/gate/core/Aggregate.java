package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the events of a series come to over some time: sums, a sketch of single values and bucket counts. Merging two is adding them up. */
public final class Aggregate {
    static final int MAX_LAYOUTS = 8;
    static final int EMPTY_CELLS = 12;

    private double counted;
    private long values;
    private double valueSum;
    private double valueMax = Double.NEGATIVE_INFINITY;
    private LogBuckets sketch;
    private final List<Buckets> histograms = new ArrayList<>(0);

    /** Says false where the event could not be kept: a histogram layout too many. */
    boolean add(MetricEvent event) {
        if (event.histogram() != null) {
            return add(
                    doubles(event.histogram().bounds()),
                    doubles(event.histogram().counts()));
        }
        if (event.count() != null) {
            counted += event.count();
        } else {
            addValue(event.value());
        }
        return true;
    }

    private void addValue(double value) {
        values++;
        valueSum += value;
        valueMax = Math.max(valueMax, value);
        if (sketch == null) {
            sketch = new LogBuckets();
        }
        sketch.add(value);
    }

    /** Says false, and adds nothing, where the two have more histogram layouts than one may hold. */
    boolean add(Aggregate other) {
        if (!hasRoomFor(other)) {
            return false;
        }
        counted += other.counted;
        values += other.values;
        valueSum += other.valueSum;
        valueMax = Math.max(valueMax, other.valueMax);
        if (other.sketch != null) {
            if (sketch == null) {
                sketch = new LogBuckets();
            }
            sketch.add(other.sketch);
        }
        other.histograms.forEach(histogram -> add(histogram.bounds, histogram.counts));
        return true;
    }

    private boolean hasRoomFor(Aggregate other) {
        var foreign = other.histograms.stream()
                .filter(theirs -> histograms.stream().noneMatch(ours -> Arrays.equals(ours.bounds, theirs.bounds)))
                .count();
        return histograms.size() + foreign <= MAX_LAYOUTS;
    }

    private boolean add(double[] bounds, double[] counts) {
        for (var histogram : histograms) {
            if (histogram.addIfSameBounds(bounds, counts)) {
                return true;
            }
        }
        if (histograms.size() == MAX_LAYOUTS) {
            return false;
        }
        histograms.add(new Buckets(bounds, counts.clone()));
        return true;
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** How many happenings this stands for: counted ones and those in histograms; a plain value is one. */
    public double events() {
        return counted + values + inHistograms();
    }

    private double inHistograms() {
        return histograms.stream().mapToDouble(Buckets::total).sum();
    }

    /** How many plain values there were. */
    public long values() {
        return values;
    }

    /** Of the plain values; there must be one. */
    public double mean() {
        return valueSum / values;
    }

    /** Of the plain values; there must be one. */
    public double max() {
        return valueMax;
    }

    /** Values and histograms together. */
    public Distribution distribution() {
        var parts = new ArrayList<>(histograms);
        if (sketch != null) {
            parts.add(sketch.toBuckets());
        }
        return new Distribution(parts);
    }

    int cells() {
        return EMPTY_CELLS
                + (sketch == null ? 0 : sketch.cells())
                + histograms.stream().mapToInt(Buckets::cells).sum();
    }
}
