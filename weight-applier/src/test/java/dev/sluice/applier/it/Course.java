package dev.sluice.applier.it;

import dev.sluice.applier.TestOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One route's orders, as an engine issues them rollout after rollout, drawn from a seed. Weights are whole percents. */
final class Course {
    private static final int STEP = 5;
    /** Below 100: a rollout never begins while its canary has all traffic. */
    private static final int STEPS = 20;

    private final TestOrder route;
    private final String object;
    private final Random random;
    private final List<TestOrder> issued = new ArrayList<>();
    private long generation = TestOrder.GENERATION;
    private long sequence;

    /** @param object as {@code plural/name} */
    Course(TestOrder route, String object, Random random) {
        this.route = route;
        this.object = object;
        this.random = random;
    }

    String route() {
        return route.route();
    }

    String object() {
        return object;
    }

    /**
     * A weight up or down; now and then of a new generation, as an engine issues one for a route that it already moves
     * (its fence was raised), so that it doesn't begin anew.
     */
    TestOrder next() {
        var begins = issued.isEmpty();
        if (!begins && random.nextInt(6) == 0) {
            generation++;
            sequence = 0;
        }
        sequence++;
        var order =
                sequence == 1 ? route.weighing("0") : route.weighing(Integer.toString(STEP * random.nextInt(STEPS)));
        issued.add((begins ? order.beginning() : order).ofGeneration(generation).numbered(sequence));
        return newest();
    }

    TestOrder newest() {
        return issued.getLast();
    }

    /** One that was issued before, maybe the newest again. */
    TestOrder old() {
        return issued.get(random.nextInt(issued.size()));
    }
}
