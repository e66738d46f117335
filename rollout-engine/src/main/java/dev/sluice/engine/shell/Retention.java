package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.kafka.Topics;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.schemas.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Forgets what nobody asks about any more. Finds it by index and takes it in small transactions, any instance beside any other:
 * none of it is urgent, and deciding goes on.
 */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int MOST_AT_ONCE = 200;

    private final Database database;
    private final Routes routes;
    private final CommandIds commandIds;
    private final Topics topics;
    private final EngineConfig config;
    private final Clock clock;
    private final String orders;

    Retention(
            Database database, Tables tables, Topics topics, KafkaSettings kafka, EngineConfig config, Clock clock) {
        this.database = database;
        this.routes = tables.routes();
        this.commandIds = tables.commandIds();
        this.topics = topics;
        this.config = config;
        this.clock = clock;
        this.orders = Topic.WEIGHTS.name(kafka.prefix());
    }

    /** The compacted log of orders is what an applier reads at its start: it holds routes that somebody holds. */
    void releasedRoutes() {
        var before = clock.instant().minus(config.retention().releasedRoutes());
        inBatches(
                "released routes",
                () -> database.transaction(session -> routes.forget(session, orders, before, MOST_AT_ONCE)));
    }

    /** A command must not be forgotten while the topic can still bring it again. */
    void commandIds() {
        var retention = topics.commandRetention();
        if (retention.isEmpty()) {
            LOG.debug("Commands are kept for ever, and so are their ids");
            return;
        }
        var twice = retention.get().multipliedBy(2);
        var kept = longer(twice, config.commands().remembered());
        var forgotten = database.alone(
                session -> commandIds.forgetBefore(session, clock.instant().minus(kept)));
        LOG.debugf("Forgot command ids: %d", forgotten);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void inBatches(String what, IntSupplier batch) {
        int all = 0;
        int last;
        do {
            last = batch.getAsInt();
            all += last;
        } while (last == MOST_AT_ONCE);
        LOG.debugf("Forgot %s: %d", what, all);
    }
}
