package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.kafka.Topics;
import dev.sluice.engine.postgres.Callbacks;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.DecisionDays;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.engine.postgres.Statuses;
import dev.sluice.engine.postgres.StorageUnavailable;
import dev.sluice.schemas.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Forgets what nobody asks about any more. Finds it by index and takes it in small transactions, any instance beside any other:
 * none of it is urgent, and deciding goes on.
 */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int MOST_AT_ONCE = 200;
    /** Then the next look goes on: what is counted every few seconds waits for the same thread. */
    private static final int MOST_BATCHES = 20;

    private static final int DAYS_AHEAD = 7;
    private static final int DAYS_AT_ONCE = 10;

    private final Database database;
    private final Routes routes;
    private final Statuses statuses;
    private final DecisionDays days;
    private final CommandIds commandIds;
    private final Callbacks callbacks;
    private final Topics topics;
    private final EngineConfig config;
    private final Clock clock;
    private final String orders;
    private final List<String> ofTargets;

    Retention(
            Database database,
            Tables tables,
            Statuses statuses,
            DecisionDays days,
            Callbacks callbacks,
            Topics topics,
            KafkaSettings kafka,
            EngineConfig config,
            Clock clock) {
        this.database = database;
        this.routes = tables.routes();
        this.statuses = statuses;
        this.days = days;
        this.commandIds = tables.commandIds();
        this.callbacks = callbacks;
        this.topics = topics;
        this.config = config;
        this.clock = clock;
        this.orders = Topic.WEIGHTS.name(kafka.prefix());
        this.ofTargets = List.of(Topic.ANALYSES.name(kafka.prefix()), Topic.STATUS.name(kafka.prefix()));
    }

    /** The compacted log of orders is what an applier reads at its start: it holds routes that somebody holds. */
    void releasedRoutes() {
        var before = clock.instant().minus(config.retention().releasedRoutes());
        inBatches(
                "released routes",
                () -> database.transaction(session -> routes.forget(session, orders, before, MOST_AT_ONCE)));
    }

    /** Whoever reads the status topic from its start finds what goes on, and what ended lately. */
    void statuses() {
        var before = clock.instant().minus(config.retention().statuses());
        inBatches(
                "last statuses",
                () -> database.transaction(session -> statuses.forget(session, ofTargets, before, MOST_AT_ONCE)));
    }

    /** Also makes the days to come: the rest, which takes what has no day, is for when nobody came to it. */
    void decisions() {
        var now = clock.instant();
        var ended = now.minus(config.retention().decisions());
        try {
            ofDays(session -> days.make(session, now, DAYS_AHEAD));
            // by itself: days that can't be dropped keep none from being made
            ofDays(session -> days.drop(session, ended, DAYS_AT_ONCE));
        } catch (StorageUnavailable e) {
            LOG.infof("The days of decisions are left to the next time: %s", e.getMessage());
        }
    }

    private void ofDays(Function<StatelessSession, Uni<?>> work) {
        database.transaction(session -> days.claim(session)
                .chain(isOurs -> isOurs
                        ? work.apply(session).replaceWithVoid()
                        : Uni.createFrom().voidItem()));
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

    /** A token is good for one callback; nobody comes back after this long. */
    void callbacks() {
        var before = clock.instant().minus(config.commands().remembered());
        var forgotten = database.alone(session -> callbacks.forgetBefore(session, before));
        LOG.debugf("Forgot callbacks: %d", forgotten);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void inBatches(String what, IntSupplier batch) {
        int all = 0;
        int last = MOST_AT_ONCE;
        for (int i = 0; i < MOST_BATCHES && last == MOST_AT_ONCE; i++) {
            last = batch.getAsInt();
            all += last;
        }
        LOG.debugf("Forgot %s: %d", what, all);
    }
}
