package dev.sluice.engine.shell;

import dev.sluice.engine.kafka.InboundReader;
import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.engine.postgres.Timers;
import dev.sluice.engine.timer.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** What nobody waits for: counts for Prometheus, and when to forget what is over. */
@ApplicationScoped
class Housekeeping {
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Database database;
    private final Outbox outbox;
    private final Applications applications;
    private final Timers timers;
    private final Retention retention;
    private final LeftCalls leftCalls;
    private final InboundReader reader;
    private final Meters meters;
    private final Clock clock;
    private final Alarm alarm;

    Housekeeping(
            Database database,
            Outbox outbox,
            Tables tables,
            Retention retention,
            LeftCalls leftCalls,
            InboundReader reader,
            Meters meters,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.applications = tables.applications();
        this.timers = tables.timers();
        this.retention = retention;
        this.leftCalls = leftCalls;
        this.reader = reader;
        this.meters = meters;
        this.clock = clock;
        this.alarm = new Alarm("sluice-housekeeping", clock, () -> {});
    }

    void start() {
        alarm.every(BETWEEN_COUNTS, this::count);
        alarm.every(BETWEEN_COUNTS, leftCalls::look);
        alarm.every(BETWEEN_LOOKS, retention::releasedRoutes);
        alarm.every(BETWEEN_LOOKS, retention::statuses);
        alarm.every(BETWEEN_CLEANINGS, retention::decisions);
        alarm.every(BETWEEN_CLEANINGS, retention::commandIds);
        alarm.every(BETWEEN_CLEANINGS, retention::callbacks);
    }

    void stop() {
        alarm.close();
    }

    private void count() {
        meters.held(reader.heldByTransactions());
        meters.outbox(database.alone(outbox::depth));
        meters.degraded(database.alone(applications::degraded));
        meters.late(
                database.alone(session -> timers.late(session, clock.instant().minus(LATE))));
        meters.answered(clock.instant());
    }
}
