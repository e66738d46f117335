package dev.sluice.gate.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the events of a series come to over some time: sums, a sketch of single values and bucket counts. Merging two is adding them up. */
public final class Aggregate {
    static final int MAX_LAYOUTS = 8;
    static final int EMPTY_CELLS = 13;

    private double counted;
    private long values;
    private double valueSum;
    private double valueMax = Double.NEGATIVE_INFINITY;
    private double valueMin = Double.POSITIVE_INFINITY;
    private LogBuckets sketch;
    private List<Buckets> histograms = List.of();

    /** Says false where the event could not be kept: a histogram layout too many. */
    boolean add(Sample sample) {
        if (sample.isCount()) {
            counted += sample.number();
            return true;
        }
        if (sample.histogram() != null) {
            return add(sample.histogram());
        }
        addValue(sample);
        return true;
    }

    void addCounted(double count) {
        counted += count;
    }

    private void addValue(Sample sample) {
        var value = sample.number();
        values++;
        valueSum += value;
        valueMax = Math.max(valueMax, value);
        valueMin = Math.min(valueMin, value);
        if (sketch == null) {
            sketch = new LogBuckets();
        }
        sketch.addToBucket(sample.bucket());
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
        valueMin = Math.min(valueMin, other.valueMin);
        if (other.sketch != null) {
            if (sketch == null) {
                sketch = new LogBuckets();
            }
            sketch.add(other.sketch);
        }
        other.histograms.forEach(this::add);
        return true;
    }

    private boolean hasRoomFor(Aggregate other) {
        if (histograms.size() + other.histograms.size() <= MAX_LAYOUTS) {
            return true;
        }
        var foreign = other.histograms.stream()
                .filter(theirs -> histograms.stream().noneMatch(ours -> Arrays.equals(ours.bounds, theirs.bounds)))
                .count();
        return histograms.size() + foreign <= MAX_LAYOUTS;
    }

    private boolean add(Buckets added) {
        for (int i = 0; i < histograms.size(); i++) {
            if (histograms.get(i).addIfSameBounds(added)) {
                return true;
            }
        }
        if (histograms.size() == MAX_LAYOUTS) {
            return false;
        }
        if (histograms.isEmpty()) {
            histograms = new ArrayList<>(1);
        }
        histograms.add(added.copy());
        return true;
    }

    /** How many happenings this stands for: counted ones and those in histograms; a plain value is one. */
    public double events() {
        return counted + values + inHistograms();
    }

    private double inHistograms() {
        double sum = 0;
        for (int i = 0; i < histograms.size(); i++) {
            sum += histograms.get(i).total();
        }
        return sum;
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

    /** Of the plain values; there must be one. */
    public double min() {
        return valueMin;
    }

    /** Of the plain values. */
    public double sum() {
        return valueSum;
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
        var cells = EMPTY_CELLS + (sketch == null ? 0 : sketch.cells());
        for (int i = 0; i < histograms.size(); i++) {
            cells += histograms.get(i).cells();
        }
        return cells;
    }
}
