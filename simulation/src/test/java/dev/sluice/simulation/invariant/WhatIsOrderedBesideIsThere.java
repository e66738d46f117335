package dev.sluice.simulation.invariant;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** With the weight of an order Sluice writes whatever else that says, whole: its match and its mirror, or none. */
public final class WhatIsOrderedBesideIsThere implements Invariant {
    /** By route and fence; a database that came back older may issue one twice. */
    private final Map<String, List<WeightOrder>> orders = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Appended appended
                && appended.topic() == Topic.WEIGHTS
                && appended.message() instanceof WeightOrder order
                && !order.check()) {
            orders.merge(
                    key(order.route(), order.generation(), order.sequence()),
                    List.of(order),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        } else if (seen instanceof Observation.Written written && !written.byHand() && written.after() != null) {
            check(written);
        }
    }

    private static String key(String route, long generation, long sequence) {
        return route + " " + generation + "." + sequence;
    }

    private void check(Observation.Written written) {
        var fence = written.after().fence();
        var meant = orders.getOrDefault(key(written.route(), fence.generation(), fence.sequence()), List.of());
        if (meant.stream().noneMatch(order -> isAsOrdered(order, written))) {
            throw new Violation(this, written.route() + " is " + written.after() + ", and " + meant + " was ordered");
        }
    }

    /** An order without a weight writes the fence alone. */
    private static boolean isAsOrdered(WeightOrder order, Observation.Written written) {
        return order.weight() == null
                || ((order.match() != null) == written.after().matching()
                        && (order.mirror() != null) == written.after().copying());
    }
}
