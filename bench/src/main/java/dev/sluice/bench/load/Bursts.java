package dev.sluice.bench.load;

import dev.sluice.bench.rig.Awaited;
import dev.sluice.bench.rig.Canary;
import dev.sluice.bench.rig.Lookout;
import dev.sluice.bench.rig.Publisher;
import dev.sluice.bench.rig.Rig;
import dev.sluice.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One message for every rollout that is live, all at once. */
final class Bursts {
    private final Rig rig;
    private final Duration limit;

    /** @param limit for all of a burst */
    Bursts(Rig rig, Duration limit) {
        this.rig = rig;
        this.limit = limit;
    }

    /**
     * What a burst of approvals led to.
     *
     * @param weights when the watch showed each next weight
     * @param decisions when each decision was on audit
     */
    record Approved(Bulk weights, Bulk decisions) {}

    /** What a burst of breaking events led to: each one's failing verdict, and weight 0. */
    record Broken(Bulk verdicts, Bulk weights) {}

    /** Approves the next weight of every rollout that has one, and waits until they wait again. */
    Approved approve() throws InterruptedException {
        var canaries = rig.fleet().all().stream().filter(Canary::hasNext).toList();
        var weights = new ArrayList<Lookout.Expected>();
        var decisions = new ArrayList<Lookout.Expected>();
        var settled = new ArrayList<Lookout.Expected>();
        var ids = canaries.stream().map(canary -> UUID.randomUUID().toString()).toList();
        for (int index = 0; index < canaries.size(); index++) {
            var next = canaries.get(index).approved();
            weights.add(expect(Awaited.split(next.application(), next.percent())));
            decisions.add(expect(Awaited.decisionOn(next, ids.get(index))));
            settled.add(expect(Awaited.approvalOf(next)));
        }
        var began = System.nanoTime();
        for (int index = 0; index < canaries.size(); index++) {
            rig.publisher().approve(canaries.get(index), ids.get(index));
        }
        var approved = new Approved(Bulk.await(weights, began, limit), Bulk.await(decisions, began, limit));
        Bulk.await(settled, began, limit);
        rig.fleet().become(canaries.stream().map(Canary::approved).toList());
        return approved;
    }

    /** Breaks every canary; nothing is live afterwards. */
    Broken broken() throws InterruptedException {
        var canaries = rig.fleet().all();
        var verdicts = new ArrayList<Lookout.Expected>();
        canaries.forEach(canary -> verdicts.add(expect(Awaited.record(Topic.VERDICTS, canary, 0))));
        var ended = end(canaries, Publisher::breaking);
        return new Broken(Bulk.await(verdicts, ended.beganNanos, limit), ended.weights);
    }

    /** Aborts every rollout; nothing is live afterwards. */
    Bulk abort() throws InterruptedException {
        return end(rig.fleet().all(), Publisher::abort).weights;
    }

    private record Ended(long beganNanos, Bulk weights) {}

    @FunctionalInterface
    private interface Cause {
        void publish(Publisher publisher, Canary canary);
    }

    private Ended end(List<Canary> canaries, Cause cause) throws InterruptedException {
        var weights = new ArrayList<Lookout.Expected>();
        var settled = new ArrayList<Lookout.Expected>();
        for (var canary : canaries) {
            weights.add(expect(Awaited.split(canary.application(), 0)));
            settled.add(expect(Awaited.endOf(canary)));
        }
        var began = System.nanoTime();
        canaries.forEach(canary -> cause.publish(rig.publisher(), canary));
        var ended = new Ended(began, Bulk.await(weights, began, limit));
        Bulk.await(settled, began, limit);
        rig.fleet().become(List.of());
        return ended;
    }

    private Lookout.Expected expect(Awaited awaited) {
        return rig.lookout().expect(awaited);
    }
}
