package dev.sluice.dashboard.core;

import java.util.Collection;

/** What a stream is told next. */
public sealed interface Next {
    /** Where the stream then stands. */
    long position();

    /**
     * Everything anew: what came since the stream's position is no longer there one by one.
     *
     * @param statuses the newest of each target
     * @param leftOut statuses that were too many to be kept, since this instance began
     */
    record Snapshot(long position, Collection<Told> statuses, long leftOut) implements Next {}

    record Event(Told told) implements Next {
        @Override
        public long position() {
            return told.position();
        }
    }

    /** Nothing yet. */
    record Nothing(long position) implements Next {}
}
