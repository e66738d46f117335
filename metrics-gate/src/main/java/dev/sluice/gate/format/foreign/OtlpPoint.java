package dev.sluice.gate.format.foreign;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** One data point of OTLP, as it comes in field by field. Times are nanoseconds since the epoch, 0 for none. */
final class OtlpPoint {
    private static final int NO_RECORDED_VALUE = 1;

    /** Numbers that come one after the other. */
    static final class Row {
        private static final double[] NONE = {};

        private double[] numbers = NONE;
        private int size;

        void add(double number) throws IOException {
            Bounded.bucket(size);
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(16, 2 * size));
            }
            numbers[size++] = number;
        }

        int size() {
            return size;
        }

        double get(int index) {
            return numbers[index];
        }
    }

    /** Exponential buckets on one side of zero. */
    static final class Side {
        final Row counts = new Row();
        int offset;
    }

    /** Of a summary. */
    record Quantile(double quantile, double value) {}

    final Map<String, String> labels = Bounded.labels();
    final Row counts = new Row();
    final Row bounds = new Row();
    final Side positive = new Side();
    final Side negative = new Side();
    final java.util.List<Quantile> quantiles = new java.util.ArrayList<>(0);
    long time;
    long start;
    long flags;
    double number = Double.NaN;
    double count = Double.NaN;
    double sum = Double.NaN;
    int scale;
    double zeros;
    double zeroThreshold;

    boolean hasNoValue() {
        return (flags & NO_RECORDED_VALUE) != 0;
    }

    void quantile(double quantile, double value) throws IOException {
        Bounded.bucket(quantiles.size());
        quantiles.add(new Quantile(quantile, value));
    }
}
