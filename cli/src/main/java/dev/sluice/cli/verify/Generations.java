package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.WeightOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All orders of a rollout's target carry one generation, unless the clusters knew a later one. */
final class Generations implements Promise {
    private final Set<String> raised = new HashSet<>();
    private final Map<String, Long> generations = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public String number() {
        return "B34";
    }

    @Override
    public String words() {
        return "one generation per target of a rollout, unless its fence was raised";
    }

    @Override
    public void decided(Audit decision) {
        if (decision.decision().equals("FenceRaised")) {
            raised.add(decision.application() + " " + decision.rollout() + " " + decision.target());
        }
    }

    @Override
    public void ordered(WeightOrder order, Instant at) {
        var target = order.application() + " " + order.rollout() + " " + order.target();
        var known = generations.putIfAbsent(target, order.generation());
        if (known != null && known != order.generation() && !raised.contains(target)) {
            broken.add(target + " orders under generation " + order.generation() + " and under " + known);
        }
    }

    @Override
    public List<String> broken(Instant now) {
        return broken;
    }
}
