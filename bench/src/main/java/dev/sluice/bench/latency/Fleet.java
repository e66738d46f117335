package dev.sluice.bench.latency;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rollouts in flight. Those that a measurement has ended rest for a moment, so that the errors they were ended with
 * lie behind the next analysis, and are then started again.
 */
final class Fleet {
    private static final int WAVE = 10;
    private static final Duration REST = Duration.ofSeconds(2);

    private final KubernetesClient client;
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

    Fleet(KubernetesClient client, Publisher publisher, Lookout lookout) {
        this.client = client;
        this.publisher = publisher;
        this.lookout = lookout;
    }

    /** Makes the Services and brings every rollout to its first approval, a few at a time: services that just started are slow. */
    void launch(int rollouts) throws InterruptedException {
        var services = IntStream.range(0, rollouts).mapToObj(Names::service).toList();
        services.forEach(service -> {
            create(service);
            create(Names.canaryService(service));
        });
        for (int from = 0; from < rollouts; from += WAVE) {
            start(services.subList(from, Math.min(from + WAVE, rollouts)));
        }
    }

    private void create(String service) {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(service)
                        .withNamespace(Names.NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
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

    int inFlight() {
        return waiting.size();
    }

    /** Takes a rollout that waits for an approval, the one that has waited longest. */
    Canary next() {
        return waiting.remove();
    }

    /** Takes one that has another weight after its approval. */
    Canary nextToApprove() {
        var canary = waiting.stream().filter(Canary::hasNext).findFirst().orElseThrow();
        waiting.remove(canary);
        return canary;
    }

    /** Gives one back that waits for its next approval. */
    void goesOn(Canary canary) {
        waiting.add(canary);
    }

    /** Gives one back whose rollout has ended. */
    void ended(Canary canary) {
        resting.add(new Resting(canary.service(), System.nanoTime()));
    }

    /** Starts those again that have rested, and waits for them. */
    void refill() throws InterruptedException {
        var rested = new ArrayList<String>();
        while (!resting.isEmpty() && resting.peek().isRested()) {
            rested.add(resting.remove().service());
        }
        start(rested);
    }
}
