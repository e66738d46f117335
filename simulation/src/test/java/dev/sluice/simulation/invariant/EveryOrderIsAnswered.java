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

/** Once everything works, somebody has heard of each route's newest order where it stands, whatever came in between (B48). */
public final class EveryOrderIsAnswered implements Invariant {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private record Newest(WeightOrder order, Instant since) {}

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
            if (appended.message() instanceof WeightOrder order) {
                orders.merge(order.route(), new Newest(order, appended.at()), EveryOrderIsAnswered::newer);
            } else {
                orders.remove(appended.key());
            }
        } else if (appended.message() instanceof WeightReport report) {
            answered.add(key(report.route(), report.generation(), report.sequence()));
        }
    }

    /** One that is sent again has been waiting since the first time. */
    private static Newest newer(Newest known, Newest next) {
        return known.order().fence().isBelow(next.order().fence()) ? next : known;
    }

    private static String key(String route, long generation, long sequence) {
        return route + " " + generation + "." + sequence;
    }

    @Override
    public void atEnd(Ending ending) {
        orders.forEach((route, newest) -> {
            var order = newest.order();
            var isOld = Duration.between(newest.since(), now).compareTo(BOUND) > 0;
            if (isOld && !answered.contains(key(route, order.generation(), order.sequence()))) {
                throw new Violation(
                        this, "nobody has said a word on " + order.fence() + " of " + route + ", of " + newest.since());
            }
        });
    }
}
