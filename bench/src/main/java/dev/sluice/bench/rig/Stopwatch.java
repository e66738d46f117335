package dev.sluice.bench.rig;

import dev.sluice.schemas.Topic;
import java.util.ArrayList;

/** Sends one rollout on a journey and times it. Returns when everything that follows from it has settled. */
public final class Stopwatch {
    private final Fleet fleet;
    private final Publisher publisher;
    private final Lookout lookout;

    Stopwatch(Fleet fleet, Publisher publisher, Lookout lookout) {
        this.fleet = fleet;
        this.publisher = publisher;
        this.lookout = lookout;
    }

    public Sample measure(Journey journey) throws InterruptedException {
        return switch (journey) {
            case APPROVE_TO_NEXT_WEIGHT -> approve();
            case ABORT_TO_ZERO -> end(journey, publisher::abort);
            case BREAK_TO_ZERO -> end(journey, publisher::breaking);
            case MISPLACED_BREAK_TO_ZERO -> end(journey, publisher::misplacedBreaking);
        };
    }

    private Sample approve() throws InterruptedException {
        var canary = fleet.nextToApprove();
        var next = canary.approved();
        var settled = lookout.expect(Awaited.approvalOf(next));
        var sample = time(Journey.APPROVE_TO_NEXT_WEIGHT, canary, next.percent(), publisher::approve);
        settled.await();
        fleet.goesOn(next);
        return sample;
    }

    private Sample end(Journey journey, Cause cause) throws InterruptedException {
        var canary = fleet.next();
        var settled = lookout.expect(Awaited.endOf(canary));
        var sample = time(journey, canary, 0, cause);
        settled.await();
        fleet.ended(canary);
        return sample;
    }

    private Sample time(Journey journey, Canary canary, int percent, Cause cause) throws InterruptedException {
        var expected = new ArrayList<Lookout.Expected>();
        for (Topic stage : journey.stages()) {
            expected.add(lookout.expect(Awaited.record(stage, canary, percent)));
        }
        expected.add(lookout.expect(Awaited.split(canary.application(), percent)));
        var began = System.nanoTime();
        cause.publish(canary);
        var marks = new ArrayList<Long>();
        for (var one : expected) {
            marks.add(one.await().nanos());
        }
        return new Sample(began, marks);
    }

    /** The message that a journey begins with. */
    @FunctionalInterface
    private interface Cause {
        void publish(Canary canary);
    }
}
