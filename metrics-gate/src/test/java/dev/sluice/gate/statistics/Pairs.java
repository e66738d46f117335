package dev.sluice.gate.statistics;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Two series of a metric, of many shapes, the same for the same seed. */
final class Pairs {
    private final double[] canary;
    private final double[] stable;

    private Pairs(double[] canary, double[] stable) {
        this.canary = canary;
        this.stable = stable;
    }

    double[] canary() {
        return canary;
    }

    double[] stable() {
        return stable;
    }

    static Pairs of(long seed) {
        var chance = new SplittableRandom(seed);
        var shape = chance.nextInt(6);
        var scale = Math.pow(10, chance.nextInt(1, 4));
        var shift = chance.nextInt(3) == 0 ? 0 : chance.nextDouble(-1, 1.5) * scale;
        return new Pairs(series(chance, shape, scale, shift), series(chance, shape, scale, 0));
    }

    private static double[] series(SplittableRandom chance, int shape, double scale, double shift) {
        var length = chance.nextInt(2, 24);
        var offset = shape == 5 ? 0 : 2 * scale;
        DoubleUnaryOperator value = switch (shape) {
            case 0 -> z -> z;
            case 1 -> Math::exp;
            case 2 -> Math::rint;
            case 3 -> z -> z * z * z;
            default -> z -> Math.abs(z) < 0.4 ? 0 : Math.rint(2 * z);
        };
        return IntStream.range(0, length)
                .mapToDouble(i -> offset + shift + scale / 2 * value.applyAsDouble(normal(chance)))
                .map(v -> shape == 2 ? Math.rint(v) : v)
                .toArray();
    }

    private static double normal(SplittableRandom chance) {
        return Math.sqrt(-2 * Math.log(1 - chance.nextDouble())) * Math.cos(2 * Math.PI * chance.nextDouble());
    }

    /** With some values taken for others. */
    static double[] spoilt(double[] values, double by, long seed) {
        var chance = new SplittableRandom(seed);
        var result = values.clone();
        for (int i = 0; i < result.length; i++) {
            if (chance.nextInt(5) == 0) {
                result[i] = by;
            }
        }
        return result;
    }
}
