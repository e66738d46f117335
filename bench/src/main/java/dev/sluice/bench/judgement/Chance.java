package dev.sluice.bench.judgement;

import java.util.SplittableRandom;

/** Draws that are the same for the same seed. */
final class Chance {
    private static final double LARGE = 40;
    private static final double MORE_IN_A_BUNCH = 1 / 3.0;

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    double uniform() {
        return random.nextDouble();
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** The time until the next of what happens so many times a second. */
    double wait(double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }

    /** How many there are; of many, as a normal distribution has it. */
    double poisson(double mean) {
        if (mean > LARGE) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double count = 0;
        for (double product = random.nextDouble(), end = Math.exp(-mean); product > end; count++) {
            product *= random.nextDouble();
        }
        return count;
    }

    /** The size of a bunch: one and a half on average, so that counts vary twice as much as of single errors. */
    int bunch() {
        int size = 1;
        while (happens(MORE_IN_A_BUNCH)) {
            size++;
        }
        return size;
    }
}
