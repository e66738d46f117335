package dev.sluice.gate.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Mann-Whitney interval, once more and in another way: the test at every shift that can matter, which are the differences of
 * two values and what lies between them. Where the statistic changes its sign, there is a bound.
 */
final class Inverted {
    private final double[] canary;
    private final double[] stable;
    private final List<Double> shifts;
    private final double[] statistics;

    Inverted(double[] canary, double[] stable) {
        this.canary = canary;
        this.stable = stable;
        var differences = new TreeSet<Double>();
        for (var x : canary) {
            for (var y : stable) {
                differences.add(x - y);
            }
        }
        shifts = new ArrayList<>();
        Double before = null;
        for (var difference : differences) {
            if (before != null) {
                shifts.add((before + difference) / 2);
            }
            shifts.add(difference);
            before = difference;
        }
        statistics = shifts.stream().mapToDouble(this::statistic).toArray();
    }

    /** From the first place to the last at which the statistic may be seen to cross z. */
    record Range(double from, double to) {
        boolean holds(double value) {
            return value >= from - 1e-4 && value <= to + 1e-4;
        }
    }

    Range bound(double z) {
        var first = shifts.getFirst();
        var last = shifts.getLast();
        if (statistics[0] <= z) {
            return new Range(first, first);
        }
        if (statistics[statistics.length - 1] >= z) {
            return new Range(last, last);
        }
        return crossing(z);
    }

    Range crossing(double z) {
        var from = Double.NaN;
        var to = Double.NaN;
        for (int i = 0; i + 1 < shifts.size(); i++) {
            var here = Math.signum(statistics[i] - z);
            var next = Math.signum(statistics[i + 1] - z);
            if (here != next || here == 0) {
                from = Double.isNaN(from) ? shifts.get(i) : from;
                to = shifts.get(i + 1);
            }
        }
        return new Range(from, to);
    }

    private double statistic(double shift) {
        double u = 0;
        var ranks = new TreeMap<Double, Integer>();
        for (var x : canary) {
            var shifted = x - shift;
            ranks.merge(shifted + 0.0, 1, Integer::sum);
            u += Arrays.stream(stable)
                    .map(y -> y < shifted ? 1 : y == shifted ? 0.5 : 0)
                    .sum();
        }
        for (var y : stable) {
            ranks.merge(y + 0.0, 1, Integer::sum);
        }
        double m = canary.length;
        double n = stable.length;
        var ties = ranks.values().stream()
                .mapToDouble(t -> (double) t * (t * t - 1))
                .sum();
        var variance = m * n / (12 * (m + n) * (m + n - 1)) * (Math.pow(m + n, 3) - (m + n) - ties);
        var distance = u - m * n / 2;
        var corrected = Math.abs(distance) <= 0.5 ? 0 : distance - Math.copySign(0.5, distance);
        return corrected / Math.sqrt(variance);
    }
}
