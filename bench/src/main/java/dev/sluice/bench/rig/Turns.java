package dev.sluice.bench.rig;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures journeys one at a time, floor and Sluice in turns, so that a machine that gets slower or faster does so for both. */
public final class Turns {
    /** A journey without an aim is timed in every so manieth round. */
    private static final int RARELY = 4;

    private final Rig rig;
    private final Map<Journey, Comparison> comparisons = new EnumMap<>(Journey.class);

    public Turns(Rig rig) {
        this.rig = rig;
    }

    /** Takes every journey once in every round, and brings the fleet back to its number after each. */
    public Turns rounds(int rounds, List<Journey> journeys) throws InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (var journey : journeys) {
                if (journey.isAimed() || round % RARELY == 0) {
                    take(journey);
                }
            }
            rig.fleet().refill();
        }
        return this;
    }

    /** Takes one journey once. */
    public void take(Journey journey) throws InterruptedException {
        var ofFloor = rig.floor().measure(journey.topics().size());
        var ofSluice = rig.stopwatch().measure(journey);
        comparisons.computeIfAbsent(journey, Comparison::new).add(ofSluice, ofFloor);
    }

    /** What was measured, by journey. */
    public Collection<Comparison> comparisons() {
        return comparisons.values();
    }
}
