package dev.sluice.engine.postgres;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells outages from bad data. */
final class Failures {
    /**
     * SQLSTATE classes that are never a record's fault: connection, transaction rollback (deadlock, serialization),
     * resources, object state (locks), operator intervention.
     * See https://www.postgresql.org/docs/current/errcodes-appendix.html.
     */
    private static final Set<String> OUTAGES = Set.of("08", "40", "53", "55", "57");

    private Failures() {}

    static RuntimeException classified(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StateTooNew known) {
                return known;
            }
            if (Stale.SQL_STATE.equals(sqlState(cause))) {
                return new Stale();
            }
        }
        if (isOutage(failure)) {
            return new StorageUnavailable(deepest(failure).toString(), failure);
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    static boolean isOutage(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var state = sqlState(cause);
            if (state != null) {
                return OUTAGES.contains(state.substring(0, 2));
            }
            if (cause instanceof StorageUnavailable) {
                return true;
            }
            // a connection that broke, timed out or could not be had has no SQLSTATE
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof VertxException
                    || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    /** 57014 is a statement that was cancelled, most often for its time; class 53 is a server without room. */
    static boolean isTooMuch(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var state = sqlState(cause);
            if (state != null) {
                return state.equals("57014") || state.startsWith("53");
            }
        }
        return false;
    }

    private static String sqlState(Throwable cause) {
        var state = cause instanceof PgException reactive
                ? reactive.getSqlState()
                : cause instanceof SQLException jdbc ? jdbc.getSQLState() : null;
        return state == null || state.length() < 2 ? null : state;
    }

    private static Throwable deepest(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
