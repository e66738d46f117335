package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import java.time.Instant;

/** What the gate makes of an event. */
public sealed interface Decision {
    /** To be published; the run is done. */
    record VerdictReached(Verdict verdict) implements Decision {}

    /**
     * Runs that end by {@code upTo} would pass or be inconclusive. Answer with {@link GateEvent.Complete} once every
     * event up to there is known to be in, or with {@link GateEvent.Incomplete} at a deadline.
     */
    record CompletenessNeeded(int partition, Instant upTo) implements Decision {}

    /** An analysis looks back further than the panes are kept: assign the partition again, read back to {@code since}. */
    record RebuildNeeded(int partition, Instant since) implements Decision {}

    /** What became of a batch's events. */
    record Counted(Tally tally) implements Decision {}

    record Ignored(String reason) implements Decision {}
}
