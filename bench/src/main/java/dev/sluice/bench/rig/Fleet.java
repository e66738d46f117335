package dev.sluice.bench.rig;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The rollouts in flight. Those that a measurement has ended rest for a moment, so that the errors they were ended with
 * lie behind the next analysis, and are then started again.
 */
public final class Fleet {
    private static final int WAVE = 10;
    private static final Duration REST = Duration.ofSeconds(2);

    private final Applications applications;
    private final Publisher publisher;
    private final Lookout lookout;
    private final Deque<Canary> waiting = new ArrayDeque<>();
    private final Deque<Resting> resting = new ArrayDeque<>();

    private record Resting(String service, long sinceNanos) {
        boolean isRested() {
            return System.nanoTime() - sinceNanos > REST.toNanos();
        }
    }

    private record Starting(Canary canary, Lookout.Expected ready) {}

    Fleet(Applications applications, Publisher publisher, Lookout lookout) {
        this.applications = applications;
        this.publisher = publisher;
        this.lookout = lookout;
    }

    /** Makes the applications and brings every rollout to its first approval, a few at a time: services that just started are slow. */
    public void launch(int rollouts) throws InterruptedException {
        var services = Names.services(0, rollouts);
        applications.create(services);
        for (int from = 0; from < rollouts; from += WAVE) {
            start(services.subList(from, Math.min(from + WAVE, rollouts)));
        }
    }

    private void start(List<String> services) throws InterruptedException {
        var starting = new ArrayList<Starting>();
        for (var service : services) {
            var canary = Canary.of(service);
            starting.add(new Starting(canary, lookout.expect(Awaited.approvalOf(canary))));
            publisher.start(canary);
        }
        for (var one : starting) {
            one.ready().await();
            waiting.add(one.canary());
        }
    }

    /** Those that wait for an approval, as they stand. */
    public List<Canary> all() {
        return List.copyOf(waiting);
    }

    /** Takes these in place of all that there were. */
    public void become(List<Canary> canaries) {
        waiting.clear();
        waiting.addAll(canaries);
    }

    /** Takes a rollout that waits for an approval, the one that has waited longest. */
    public Canary next() {
        return waiting.remove();
    }

    /** Takes one that has another weight after its approval. */
    public Canary nextToApprove() {
        var canary = waiting.stream().filter(Canary::hasNext).findFirst().orElseThrow();
        waiting.remove(canary);
        return canary;
    }

    /** Gives one back that waits for its next approval. */
    public void goesOn(Canary canary) {
        waiting.add(canary);
    }

    /** Gives one back whose rollout has ended. */
    public void ended(Canary canary) {
        resting.add(new Resting(canary.service(), System.nanoTime()));
    }

    /** Starts those again that have rested, and waits for them. */
    public void refill() throws InterruptedException {
        var rested = new ArrayList<String>();
        while (!resting.isEmpty() && resting.peek().isRested()) {
            rested.add(resting.remove().service());
        }
        start(rested);
    }
}
