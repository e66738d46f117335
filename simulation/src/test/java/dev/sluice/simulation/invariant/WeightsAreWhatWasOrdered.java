package dev.sluice.simulation.invariant;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.world.Observation;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Sluice writes divides the traffic, as customers feel it, as the order says whose fence it carries. With {@link
 * FenceNeverGoesBack} no weight moves backwards in (generation, sequence).
 */
public final class WeightsAreWhatWasOrdered implements Invariant {
    private static final double TOLERANCE = 1e-6;

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
        if (fence == null) {
            throw new Violation(this, written.route() + " is written without a fence: " + written.after());
        }
        var meant = orders.getOrDefault(key(written.route(), fence.generation(), fence.sequence()), List.of());
        if (meant.stream().noneMatch(order -> isAsOrdered(order, written.before(), written.after()))) {
            throw new Violation(
                    this,
                    written.route() + " was " + written.before() + " and is " + written.after() + ", as none of "
                            + meant.stream().map(WeightOrder::weight).toList() + " says");
        }
    }

    /** An order without a weight writes the fence alone. Where nobody was served somebody is, at once, whatever was ordered. */
    private static boolean isAsOrdered(WeightOrder order, Split before, Split after) {
        if (order.weight() == null) {
            return true;
        }
        var canary = number(after, order.canary());
        var both = canary + number(after, order.active());
        if (after.uneven()) {
            // others have more of one list than of another: nothing is still nothing, and all is all
            return order.weight().isZero() ? canary == 0 : !order.weight().equals(Weight.FULL) || canary == both;
        }
        if (both == 0) {
            return before != null && before.servesAll();
        }
        var share = canary * 100 / both;
        var isServedAgain = before != null && !before.servesAll() && (share == 0 || share == 100);
        return isServedAgain || isAt(order, share);
    }

    private static boolean isAt(WeightOrder order, double share) {
        return Math.abs(share - order.weight().percent().doubleValue()) < TOLERANCE;
    }

    private static double number(Split split, String backend) {
        return split.weights().getOrDefault(backend, BigDecimal.ZERO).doubleValue();
    }
}
