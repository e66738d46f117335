package dev.sluice.bench.latency;

import dev.sluice.sandbox.Platform;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** The bench's own clients on a platform where Sluice runs: what is timed, what it is compared with, and the traffic. */
final class Rig implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Floor floor;
    private final Fleet fleet;
    private final Stopwatch stopwatch;

    /** Returns when this many rollouts are in flight and healthy requests are counted for each. */
    Rig(Platform platform, int rollouts) throws InterruptedException {
        var lookout = new Lookout();
        var bootstrapServers = platform.kafka().bootstrapServers();
        open.push(new SplitWatch(platform.client(), Names.NAMESPACE, lookout));
        open.push(new Tap(bootstrapServers, lookout));
        floor = kept(new Floor(platform, lookout));
        var publisher = kept(new Publisher(bootstrapServers, lookout));
        fleet = new Fleet(platform.client(), publisher, lookout);
        fleet.launch(rollouts);
        var applications = IntStream.range(0, rollouts)
                .mapToObj(Names::service)
                .map(Names::application)
                .toList();
        open.push(new HealthyTraffic(publisher, List.copyOf(applications)));
        stopwatch = new Stopwatch(fleet, publisher, lookout);
    }

    Floor floor() {
        return floor;
    }

    Fleet fleet() {
        return fleet;
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    private <T extends AutoCloseable> T kept(T client) {
        open.push(client);
        return client;
    }

    @Override
    public void close() {
        for (var client : open) {
            try {
                client.close();
            } catch (Exception e) {
                // The rest must end too.
                System.getLogger(Rig.class.getName()).log(System.Logger.Level.WARNING, "did not end well", e);
            }
        }
    }
}
