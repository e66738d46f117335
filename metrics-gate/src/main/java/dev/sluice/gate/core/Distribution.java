package dev.sluice.gate.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Counts of several bucket layouts taken together. Senders may use different bounds: each layout is a distribution
 * function that is linear inside its buckets, and their sum is again one, so that nothing has to be re-bucketed.
 */
public final class Distribution {
    private static final double ROUNDING = 1e-12;

    private final List<Buckets> parts;

    Distribution(List<Buckets> parts) {
        this.parts = parts;
    }

    /** How many are known to lie above; those of a bucket that the bound cuts are spread evenly over it. */
    public double above(double bound) {
        return sum(part -> part.total() - part.below(bound) - part.pointAt(bound)) - perhapsAbove(bound);
    }

    /** How many may lie above or not: those beyond the last bound of a layout that ends below it. */
    public double perhapsAbove(double bound) {
        return sum(part -> part.last() < bound ? part.overflow() : 0);
    }

    /**
     * How many lie at or below each bound that all layouts have in common, so that nothing is guessed; the last count is of what
     * lies above. Empty where they have none.
     */
    public Optional<Counted> counted() {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        if (parts.size() == 1) {
            return Optional.of(new Counted(parts.getFirst().bounds, parts.getFirst().counts));
        }
        var common = DoubleStream.of(parts.getFirst().bounds)
                .filter(bound -> parts.stream().allMatch(part -> Arrays.binarySearch(part.bounds, bound) >= 0))
                .toArray();
        if (common.length == 0) {
            return Optional.empty();
        }
        var counts = new double[common.length + 1];
        double below = 0;
        for (int i = 0; i < common.length; i++) {
            var atMost = atMost(common[i]);
            counts[i] = Math.max(0, atMost - below);
            below = atMost;
        }
        counts[common.length] = Math.max(0, total() - below);
        return Optional.of(new Counted(common, counts));
    }

    private double atMost(double bound) {
        return sum(part -> part.below(bound) + part.pointAt(bound));
    }

    /** Counts between ascending bounds; one more count than bounds. Neither array is to be changed. */
    @SuppressWarnings("ArrayRecordComponent") // for the time of one look
    public record Counted(double[] bounds, double[] counts) {}

    /** @param atLeast only a lower bound is known: the quantile lies among counts above the last bound */
    public record Quantile(double value, boolean atLeast) {}

    public double total() {
        return parts.stream().mapToDouble(Buckets::total).sum();
    }

    /** The value that a share {@code q} (between 0 and 1) of all counts does not exceed; there must be some. */
    public Quantile quantile(double q) {
        var rank = q * total();
        double lower = Double.NaN;
        double sumAtLower = 0;
        for (var edge : edges()) {
            var left = leftOf(edge);
            var sum = left + pointsAt(edge) + overflowAt(edge);
            if (sum >= rank) {
                var inside = rank <= left && left > sumAtLower;
                var value = inside ? lower + (edge - lower) * (rank - sumAtLower) / (left - sumAtLower) : edge;
                var isAmongOverflow = !inside && rank > (left + pointsAt(edge)) * (1 + ROUNDING);
                return new Quantile(value, isAmongOverflow || overflowBelow(value));
            }
            lower = edge;
            sumAtLower = sum;
        }
        return new Quantile(lower, true);
    }

    /**
     * Counts above their layout's last bound lie there or anywhere higher: what is found beyond that bound in other layouts
     * is only the least that it can be.
     */
    private boolean overflowBelow(double value) {
        return parts.stream().anyMatch(part -> part.overflow() > 0 && part.last() < value);
    }

    private double[] edges() {
        return parts.stream()
                .flatMapToDouble(
                        part -> DoubleStream.concat(DoubleStream.of(part.first()), DoubleStream.of(part.bounds)))
                .sorted()
                .distinct()
                .toArray();
    }

    /** Overflow counts stand at their layout's last bound: they lie there or above. */
    private double leftOf(double x) {
        return sum(part -> part.below(x) + (x > part.last() ? part.overflow() : 0));
    }

    private double pointsAt(double x) {
        return sum(part -> part.pointAt(x));
    }

    private double overflowAt(double x) {
        return sum(part -> x == part.last() ? part.overflow() : 0);
    }

    private double sum(ToDoubleFunction<Buckets> of) {
        return parts.stream().mapToDouble(of).sum();
    }
}
