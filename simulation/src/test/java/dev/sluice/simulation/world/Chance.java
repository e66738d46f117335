package dev.sluice.simulation.world;

import java.util.List;
import java.util.SplittableRandom;

/** The one source of randomness of a run: the same seed always draws the same. */
public final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Both bounds included. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    public boolean percent(int probability) {
        return random.nextInt(100) < probability;
    }

    public boolean permille(int probability) {
        return random.nextInt(1000) < probability;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
