package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Outbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Rows of the outbox that were handed over by those who committed them, until they are sent. A row may be sent without asking
 * the database only if it can't have been sent already and none that has to go first is unknown here. Ids are given in the
 * order of an application's commits, but those of different applications commit in any order: a row whose id is above all that
 * were ever asked for was in none of the answers.
 */
final class HandedOver {
    private final Deque<Outbox.Row> rows = new ArrayDeque<>();
    private long above = Long.MAX_VALUE;

    synchronized void add(List<Outbox.Row> more) {
        rows.addAll(more);
    }

    /** What has this id or a lower one was sent, or is in the database to be found. */
    synchronized void beginAbove(long id) {
        above = above == Long.MAX_VALUE ? id : Math.max(above, id);
    }

    /** @return rows that may be sent as they are; empty where the database has to be asked, which then finds them all */
    synchronized Optional<List<Outbox.Row>> take(int most) {
        var taken = new ArrayList<Outbox.Row>();
        while (!rows.isEmpty() && taken.size() < most) {
            var row = rows.removeFirst();
            if (row.id() <= above) {
                rows.clear();
                return Optional.empty();
            }
            taken.add(row);
        }
        taken.forEach(row -> above = Math.max(above, row.id()));
        return Optional.of(taken);
    }
}
