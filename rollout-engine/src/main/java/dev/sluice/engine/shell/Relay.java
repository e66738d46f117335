package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Lease;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.schemas.Topic;
import dev.sluice.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Sends what the outbox holds: orders on a lane of their own, since somebody's traffic waits for them. */
@ApplicationScoped
class Relay {
    /** A good deal longer than it takes to send some. */
    private static final Duration ORDERS_COME_FIRST = Duration.ofMillis(10);

    private final Lane orders;
    private final Lane rest;
    private final List<Lane> lanes;
    private final Announcements announcements;

    Relay(
            Database database,
            Outbox outbox,
            Lease lease,
            KafkaSettings kafka,
            EngineConfig config,
            Meters meters,
            Commits commits,
            Announcements announcements,
            Tracing tracing) {
        var topic = Topic.WEIGHTS.name(kafka.prefix());
        var precedence = new Precedence(ORDERS_COME_FIRST);
        this.orders = new Lane(
                new Lane.Load("orders", topic, true),
                database,
                outbox,
                lease,
                kafka,
                config.outbox(),
                meters,
                precedence,
                tracing);
        this.rest = new Lane(
                new Lane.Load("outbox", topic, false),
                database,
                outbox,
                lease,
                kafka,
                config.outbox(),
                meters,
                precedence,
                tracing);
        this.lanes = List.of(orders, rest);
        this.announcements = announcements;
        commits.onCommit(this::committed);
        commits.onCommitElsewhere(() -> lanes.forEach(Lane::wake));
    }

    private void committed(Commits.News news) {
        if (!news.orders().isEmpty()) {
            orders.handOver(news.orders(), news.others());
        }
        if (news.beside()) {
            rest.wake();
        }
        var isLeftToOthers =
                (!news.orders().isEmpty() && !orders.isRelaying()) || (news.beside() && !rest.isRelaying());
        if (isLeftToOthers) {
            announcements.announce();
        }
    }

    void start() {
        lanes.forEach(Lane::start);
    }

    /** Ends after the messages at hand and hands the leases on. */
    void stop() {
        lanes.parallelStream().forEach(Lane::stop);
        announcements.stop();
    }

    /**
     * Whether the lane of orders worked, or saw another instance at work, within the last few leases. What else can't be
     * written is told by the outbox's age: it keeps nobody's traffic waiting.
     */
    boolean isAlive() {
        return orders.isAlive();
    }

    boolean isRunning() {
        return lanes.stream().allMatch(Lane::isRunning);
    }
}
