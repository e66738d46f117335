package dev.sluice.bench.rig;

import dev.sluice.sandbox.Platform;
import dev.sluice.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The bench's own clients on a platform where Sluice runs: what is timed, what it is compared with, and the traffic. */
public final class Rig implements AutoCloseable {
    /** A sender that counts requests for others does not hurry; the broker and the gate get batches. */
    private static final Duration TRAFFIC_LINGER = Duration.ofMillis(20);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Lookout lookout = new Lookout();
    private final String bootstrapServers;
    private final RolloutFile file;
    private final Tap tap;
    private final Floor floor;
    private final Publisher publisher;
    private final Applications applications;
    private final Fleet fleet;
    private final Stopwatch stopwatch;

    /** Watches what a journey shows. */
    public Rig(Platform platform, RolloutFile file) throws InterruptedException {
        this(platform, file, Tap.JOURNEYS);
    }

    /** @param topics that are read; what is timed needs verdicts, weights, status and audit */
    public Rig(Platform platform, RolloutFile file, Set<Topic> topics) throws InterruptedException {
        this.file = file;
        bootstrapServers = platform.kafka().bootstrapServers();
        open.push(new SplitWatch(platform.client(), Names.NAMESPACE, lookout));
        tap = kept(new Tap(bootstrapServers, topics, lookout));
        floor = kept(new Floor(platform, lookout));
        publisher = kept(new Publisher(bootstrapServers, Duration.ZERO, file, lookout));
        applications = new Applications(platform.client());
        fleet = new Fleet(applications, publisher, lookout);
        stopwatch = new Stopwatch(fleet, publisher, lookout);
    }

    /** Healthy requests of the applications of these Services from now on, until closed; the rig closes it at its end. */
    public HealthyTraffic traffic(List<String> services, Duration period) {
        var sender = kept(new Publisher(bootstrapServers, TRAFFIC_LINGER, file, lookout));
        return kept(new HealthyTraffic(
                sender, services.stream().map(Names::application).toList(), period));
    }

    public Lookout lookout() {
        return lookout;
    }

    public Tap tap() {
        return tap;
    }

    public Floor floor() {
        return floor;
    }

    public Publisher publisher() {
        return publisher;
    }

    public Applications applications() {
        return applications;
    }

    public Fleet fleet() {
        return fleet;
    }

    public Stopwatch stopwatch() {
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
