package dev.sluice.dashboard.http;

import io.smallrye.mutiny.Uni;
import java.util.function.Predicate;

/**
 * Who reads a stream.
 *
 * @param after the position that they have reached already
 * @param mayRead whose applications they may see
 * @param freezes what the engine tells them is frozen, as JSON
 */
record StreamReader(long after, Predicate<String> mayRead, Uni<String> freezes) {
    /** Before everything: what there is comes as a snapshot. */
    static final long NOWHERE = -1;
}
