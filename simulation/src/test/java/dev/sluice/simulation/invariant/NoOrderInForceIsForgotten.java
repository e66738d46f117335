package dev.sluice.simulation.invariant;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/** A tombstone takes an order off its topic that was the last of its rollout, and never one that a rollout still rests on. */
public final class NoOrderInForceIsForgotten implements Invariant {
    private final Map<String, WeightOrder> newest = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Restored) {
            newest.clear(); // what it does not know of may be on the topics
        } else if (seen instanceof Observation.Appended appended && appended.topic() == Topic.WEIGHTS) {
            if (appended.message() instanceof WeightOrder order) {
                newest.put(appended.key(), order);
            } else {
                check(appended.key());
            }
        }
    }

    private void check(String route) {
        var order = newest.remove(route);
        if (order != null && !order.check() && order.end() == null) {
            throw new Violation(this, "the order " + order.fence() + " of " + route + " was forgotten, and has no end");
        }
    }
}
