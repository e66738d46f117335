package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.WebhookCallRows;
import dev.sluice.engine.postgres.WebhookCallRows.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Calls of webhooks that this version can't read, for a later one wrote them: they are left to it, and said loudly (B42). No other
 * call waits for them.
 */
@ApplicationScoped
class LeftCalls {
    private static final Logger LOG = Logger.getLogger(LeftCalls.class);

    private final Database database;
    private final WebhookCallRows rows;
    private final Meters meters;
    /** Those that say a form that this version knows, and have another. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    private volatile List<String> left = List.of();

    LeftCalls(Database database, WebhookCallRows rows, Meters meters) {
        this.database = database;
        this.rows = rows;
        this.meters = meters;
    }

    /** Not to be claimed again: a version that can read them is another process. */
    Set<String> unreadable() {
        return Set.copyOf(unreadable);
    }

    void leave(Claimed claimed, RuntimeException why) {
        LOG.errorf(why, "A call of a webhook can't be read by this version and is left alone: %s", claimed.id());
        unreadable.add(claimed.id());
        database.alone(session -> rows.release(session, claimed.id()));
    }

    /** Blocks. */
    void look() {
        var known = unreadable();
        var now = database.alone(session -> rows.left(session, known));
        known.stream().filter(id -> !now.contains(id)).forEach(unreadable::remove);
        if (!new HashSet<>(left).containsAll(now)) {
            LOG.errorf("%s", words(now));
        }
        left = now;
        meters.leftCalls(now.size());
    }

    /** Empty where none is left. */
    Optional<String> words() {
        var now = left;
        return now.isEmpty() ? Optional.empty() : Optional.of(words(now));
    }

    private static String words(List<String> left) {
        return "calls of webhooks were stored by a later version and are left to it: " + left.size() + ", first "
                + left.getFirst() + "; upgrade this engine";
    }
}
