package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.InboundReader;
import dev.sluice.engine.kafka.Topics;
import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.engine.postgres.Timers;
import dev.sluice.engine.timer.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What nobody waits for: counts for Prometheus, and forgetting what nobody asks about any more. */
@ApplicationScoped
class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Database database;
    private final Outbox outbox;
    private final Applications applications;
    private final Timers timers;
    private final CommandIds commandIds;
    private final Topics topics;
    private final InboundReader reader;
    private final Meters meters;
    private final Duration remembered;
    private final Clock clock;
    private final Alarm alarm;

    Housekeeping(
            Database database,
            Outbox outbox,
            Tables tables,
            Topics topics,
            InboundReader reader,
            Meters meters,
            EngineConfig config,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.applications = tables.applications();
        this.timers = tables.timers();
        this.commandIds = tables.commandIds();
        this.topics = topics;
        this.reader = reader;
        this.meters = meters;
        this.remembered = config.commands().remembered();
        this.clock = clock;
        this.alarm = new Alarm("sluice-housekeeping", clock, () -> {});
    }

    void start() {
        alarm.every(BETWEEN_COUNTS, this::count);
        alarm.every(BETWEEN_CLEANINGS, this::clean);
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
    }

    /** A command must not be forgotten while the topic can still bring it again. */
    private void clean() {
        var retention = topics.commandRetention();
        if (retention.isEmpty()) {
            LOG.debug("Commands are kept for ever, and so are their ids");
            return;
        }
        var twice = retention.get().multipliedBy(2);
        var kept = twice.compareTo(remembered) > 0 ? twice : remembered;
        var forgotten = database.alone(
                session -> commandIds.forgetBefore(session, clock.instant().minus(kept)));
        LOG.debugf("Forgot command ids: %d", forgotten);
    }
}
