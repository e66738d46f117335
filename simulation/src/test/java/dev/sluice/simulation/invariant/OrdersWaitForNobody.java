package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * An order back is on its topic within a bound that only crashes and pauses of the engines themselves explain, whichever other
 * topic can't be written (B39).
 */
public final class OrdersWaitForNobody implements Invariant {
    /** Two engines that die in turn, a lease between them, and pauses. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Map<String, NavigableMap<Fence, Instant>> unsent = new HashMap<>();
    private Instant now = Instant.MIN;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Promised promised -> now = promised.at();
            case Observation.Restored restored -> unsent.clear();
            case Observation.Committed committed -> committed.each(this::decided);
            case Observation.Appended appended -> {
                if (appended.message() instanceof WeightOrder order
                        && !order.check()
                        && appended.topic() == Topic.WEIGHTS) {
                    // a newer order of the same transaction stands for those before it
                    waiting(order.application(), order.target())
                            .headMap(fence(order.generation(), order.sequence()), true)
                            .clear();
                }
                check(appended.at());
            }
            default -> {}
        }
    }

    private NavigableMap<Fence, Instant> waiting(String application, String target) {
        return unsent.computeIfAbsent(application + "/" + target, name -> new TreeMap<>());
    }

    private static Fence fence(long generation, long sequence) {
        return new Fence(generation, sequence, null, null);
    }

    private void decided(State state, Decision decision) {
        if (decision instanceof Decision.Ordered ordered) {
            var traffic = state.rollout().target(ordered.target()).orElseThrow().traffic();
            waiting(state.application(), ordered.target())
                    .put(fence(traffic.generation(), ordered.order().sequence()), now);
        }
    }

    private void check(Instant at) {
        unsent.forEach((target, orders) -> orders.forEach((fence, since) -> {
            if (Duration.between(since, at).compareTo(BOUND) > 0) {
                throw new Violation(
                        this, target + ": " + fence + " of " + since + " is not on the orders' topic at " + at);
            }
        }));
    }
}
