package dev.sluice.dashboard.http;

import io.smallrye.mutiny.Uni;
import java.util.function.Predicate;

/**
 * Who reads a stream.
 *
 * @param after the position that they have reached already, by its events' names
 * @param mayRead whose applications they may see
 * @param ids how their events are named
 * @param freezes what the engine tells them is frozen, as JSON
 */
record StreamReader(long after, Predicate<String> mayRead, EventIds ids, Uni<String> freezes) {
    /** Before everything: what there is comes as a snapshot. */
    static final long NOWHERE = -1;
}
