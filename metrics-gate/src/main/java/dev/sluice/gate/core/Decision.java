package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.rollout.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the gate makes of an event. */
public sealed interface Decision {
    /** To be published; the run is done. */
    record VerdictReached(Verdict verdict) implements Decision {}

    /**
     * Runs that end by {@code upTo} would pass or be inconclusive. Answer with {@link GateEvent.Complete} once every
     * event up to there is known to be in, or with {@link GateEvent.Incomplete} at a deadline.
     */
    record CompletenessNeeded(int partition, Instant upTo) implements Decision {}

    /**
     * A metric provider is to be asked. Answer with {@link GateEvent.Answered}, always.
     *
     * @param variables what templates may name of the rollout
     */
    record AnswerNeeded(
            int partition,
            TargetKey key,
            String analysis,
            int run,
            Query query,
            Window window,
            Duration interval,
            Map<String, String> variables)
            implements Decision {}

    /** An analysis looks back further than the panes are kept: assign the partition again, read back to {@code since}. */
    record RebuildNeeded(int partition, Instant since) implements Decision {}

    /** What became of a batch's events. */
    record Counted(Tally tally) implements Decision {}

    record Ignored(String reason) implements Decision {}
}
