package dev.sluice.simulation.invariant;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.simulation.world.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Once everything works, an order that is sent again and again, since nobody has said where it stands, is answered (B48). Nobody
 * asks any more for that of a rollout which was abandoned, or which a restored database doesn't know.
 */
public final class EveryOrderIsAnswered implements Invariant {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private record Newest(WeightOrder order, Instant since, Instant last) {}

    private final Map<String, Newest> orders = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private Instant now = Instant.MIN;

    @Override
    public void see(Observation seen) {
        if (!(seen instanceof Observation.Appended appended)) {
            return;
        }
        now = appended.at();
        if (appended.topic() == Topic.WEIGHTS) {
            if (appended.message() instanceof WeightOrder order && order.check()) {
                return; // whoever waits for it goes on without
            }
            if (appended.message() instanceof WeightOrder order) {
                orders.merge(
                        order.route(), new Newest(order, appended.at(), appended.at()), EveryOrderIsAnswered::newer);
            } else {
                orders.remove(appended.key());
            }
        } else if (appended.message() instanceof WeightReport report) {
            answered.add(key(report.route(), report.generation(), report.sequence()));
        }
    }

    /** One that is sent again has been waiting since the first time. */
    private static Newest newer(Newest known, Newest next) {
        if (known.order().fence().isBelow(next.order().fence())) {
            return next;
        }
        return next.order().fence().isBelow(known.order().fence())
                ? known
                : new Newest(known.order(), known.since(), next.last());
    }

    private static String key(String route, long generation, long sequence) {
        return route + " " + generation + "." + sequence;
    }

    @Override
    public void atEnd(Ending ending) {
        orders.forEach((route, newest) -> {
            var order = newest.order();
            var isOld = Duration.between(newest.since(), now).compareTo(BOUND) > 0;
            var isAsked = Duration.between(newest.last(), now).compareTo(BOUND) < 0;
            if (isOld && isAsked && !answered.contains(key(route, order.generation(), order.sequence()))) {
                throw new Violation(
                        this, "nobody has said a word on " + order.fence() + " of " + route + ", of " + newest.since());
            }
        });
    }
}
