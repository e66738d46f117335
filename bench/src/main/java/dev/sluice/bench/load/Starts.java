package dev.sluice.bench.load;

import dev.sluice.bench.rig.Awaited;
import dev.sluice.bench.rig.Canary;
import dev.sluice.bench.rig.Lookout;
import dev.sluice.bench.rig.Rig;
import dev.sluice.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rollouts that began at once.
 *
 * @param ordered when the engine ordered each one's first weight
 * @param weights when the watch showed it
 * @param live those that wait for their first approval, in time
 */
record Starts(Bulk ordered, Bulk weights, List<Canary> live) {
    /** Publishes every {@code start} and waits until all have begun, at most for this long. */
    static Starts of(List<String> services, Rig rig, Duration limit) throws InterruptedException {
        var canaries = services.stream().map(Canary::of).toList();
        var ordered = new ArrayList<Lookout.Expected>();
        var weights = new ArrayList<Lookout.Expected>();
        var waiting = new ArrayList<Lookout.Expected>();
        for (var canary : canaries) {
            ordered.add(rig.lookout().expect(Awaited.record(Topic.WEIGHTS, canary, canary.percent())));
            weights.add(rig.lookout().expect(Awaited.split(canary.application(), canary.percent())));
            waiting.add(rig.lookout().expect(Awaited.approvalOf(canary)));
        }
        var began = System.nanoTime();
        canaries.forEach(rig.publisher()::start);
        var seen = Bulk.await(weights, began, limit);
        var orders = Bulk.await(ordered, began, limit);
        var live = new ArrayList<Canary>();
        for (int index = 0; index < canaries.size(); index++) {
            // a weight that is there is soon told
            if (waiting.get(index)
                    .within(seen.missing() == 0 ? limit : Duration.ofSeconds(1))
                    .isPresent()) {
                live.add(canaries.get(index));
            }
        }
        return new Starts(orders, seen, live);
    }
}
