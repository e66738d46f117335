package dev.sluice.gate.core;

import dev.sluice.schemas.message.AnalysisSet;
import java.time.Instant;
import java.util.List;

/** What the gate is told. Partitions are those of the metrics topic; instants are broker time unless said otherwise. */
public sealed interface GateEvent {
    /** The whole set for its application and target; an empty one closes the last. */
    record AnalysesChanged(AnalysisSet set) implements GateEvent {}

    /** The set's key was deleted. */
    record AnalysesForgotten(TargetKey key) implements GateEvent {}

    /** A verdict of this run is on the verdict topic already, from here or from another instance. */
    record VerdictKnown(TargetKey key, String analysis, int run) implements GateEvent {}

    /**
     * From now on this instance owns the partition and reads it from the log again. What it held of it before is forgotten.
     *
     * @param completeSince the log no longer has all events with an earlier time
     * @param readSince every event with a time from here on will arrive, as far as the log has it; an analysis that judges
     *     what was before asks for it to be read again
     */
    record PartitionAssigned(int partition, Instant completeSince, Instant readSince) implements GateEvent {}

    /** The log is read up to the end that was seen at the assignment; verdicts may leave. */
    record CaughtUp(int partition) implements GateEvent {}

    record PartitionLost(int partition) implements GateEvent {}

    /**
     * Events of series that belong to this partition, in the order read.
     *
     * @param newest the newest append time in the batch, those of unreadable and misplaced records included
     */
    record MetricsArrived(int partition, List<Arrival> arrivals, Instant newest) implements GateEvent {}

    /** The same, of events that were read without making words of them. */
    record SamplesArrived(int partition, List<Sample> samples, Instant newest) implements GateEvent {}

    /** A monitor said something of an alert of this target, whose series belong to the partition. */
    record AlertHeard(int partition, TargetKey key, Alert alert) implements GateEvent {}

    /**
     * Events of this target that nobody could read; they are among the dead letters.
     *
     * @param reason of the last one
     * @param newest its append time
     */
    record EventsRefused(int partition, TargetKey key, long count, String reason, Instant newest)
            implements GateEvent {}

    /** Broker time has reached this instant, seen by a tick. */
    record TimeReached(int partition, Instant at) implements GateEvent {}

    /**
     * What a metric provider answered to {@link Decision.AnswerNeeded}.
     *
     * @param asked the question as it was put, in the provider's language; null where it could not be put
     */
    record Answered(int partition, TargetKey key, String analysis, int run, String query, Pulled answer, String asked)
            implements GateEvent {
        /** Of a provider that was not asked in words. */
        public Answered(int partition, TargetKey key, String analysis, int run, String query, Pulled answer) {
            this(partition, key, analysis, run, query, answer, null);
        }
    }

    /** Every event appended anywhere before this instant's grace was over has been taken in. */
    record Complete(int partition, Instant upTo) implements GateEvent {}

    /** That could not be made sure of by the deadline. {@code reason} names the partition that lags. */
    record Incomplete(int partition, Instant upTo, String reason) implements GateEvent {}
}
