package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The orders of a route go forward, and each pair of generation and sequence means one thing. */
final class Fences implements Promise {
    private final Map<String, Fence> highest = new HashMap<>();
    private final Map<String, String> meanings = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public String number() {
        return "B09";
    }

    @Override
    public String words() {
        return "the fence of a route never goes back, and means one thing";
    }

    @Override
    public void ordered(WeightOrder order, Instant at) {
        var fence = order.fence();
        var pair = order.route() + " " + fence.generation() + "." + fence.sequence();
        var meaning = order.rollout() + " " + order.weight() + " " + order.end();
        var known = meanings.putIfAbsent(pair, meaning);
        if (known != null) {
            // whoever took over from a service that died may send again what that one had sent
            if (!known.equals(meaning)) {
                broken.add(pair + " means " + meaning + " and meant " + known);
            }
            return;
        }
        var before = highest.merge(order.route(), fence, (one, other) -> one.isBelow(other) ? other : one);
        if (fence.isBelow(before)) {
            broken.add(pair + " came after " + before.generation() + "." + before.sequence());
        }
    }

    @Override
    public List<String> broken(Instant now) {
        return broken;
    }
}
