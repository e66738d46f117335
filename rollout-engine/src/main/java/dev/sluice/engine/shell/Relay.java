package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Lease;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.schemas.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Sends what the outbox holds: orders on a lane of their own, since somebody's traffic waits for them. */
@ApplicationScoped
class Relay {
    private final List<Lane> lanes;

    Relay(
            Database database,
            Outbox outbox,
            Lease lease,
            KafkaSettings kafka,
            EngineConfig config,
            Meters meters,
            Commits commits) {
        var orders = Topic.WEIGHTS.name(kafka.prefix());
        this.lanes = List.of(new Lane.Load("orders", orders, true), new Lane.Load("outbox", orders, false)).stream()
                .map(load -> new Lane(load, database, outbox, lease, kafka, config.outbox(), meters))
                .toList();
        commits.onCommit(() -> lanes.forEach(Lane::wake));
    }

    void start() {
        lanes.forEach(Lane::start);
    }

    /** Ends after the messages at hand and hands the leases on. */
    void stop() {
        lanes.parallelStream().forEach(Lane::stop);
    }

    /**
     * Whether the lane of orders worked, or saw another instance at work, within the last few leases. What else can't be
     * written is told by the outbox's age: it keeps nobody's traffic waiting.
     */
    boolean isAlive() {
        return lanes.getFirst().isAlive();
    }

    boolean isRunning() {
        return lanes.stream().allMatch(Lane::isRunning);
    }
}
