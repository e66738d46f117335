package dev.sluice.simulation.invariant;

import dev.sluice.applier.core.Routed;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.world.Observation;
import java.math.BigDecimal;
import java.util.HashSet;

/** What a mesh makes of an object is what customers feel of it, absent weights by the mesh's own default included. */
public final class WhatIsReadIsWhatIsFelt implements Invariant {
    private static final double TOLERANCE = 1e-6;

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Read(var route, var read, var felt) && read.unfit() == null && !felt.uneven()) {
            var backends = new HashSet<>(read.weights().keySet());
            backends.addAll(felt.weights().keySet());
            for (var backend : backends) {
                if (Math.abs(share(read, backend) - felt.share(backend)) > TOLERANCE) {
                    throw violation(route, read, felt);
                }
            }
        }
    }

    private static double share(Routed read, String backend) {
        var total = read.weights().values().stream()
                .mapToDouble(BigDecimal::doubleValue)
                .sum();
        return total == 0
                ? 0
                : read.weights().getOrDefault(backend, BigDecimal.ZERO).doubleValue() * 100 / total;
    }

    private Violation violation(String route, Routed read, Split felt) {
        return new Violation(this, route + " is read as " + read.weights() + ", and is " + felt);
    }
}
