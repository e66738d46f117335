package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * One question put to a window, and what its answer is held against.
 *
 * @param asks null where a message asks what this version doesn't know
 * @param minimumSamples fewer in the canary's window: Inconclusive
 * @param whenAbsent what a numerator counts that was never seen for this target, on either side; null: inconclusive
 * @param initialDelay what came in sooner after the analysis began is not looked at
 * @param settle how long after a weight moved what comes in is not looked at; null: the target's counts
 * @param maxWait how long a run may be extended for this query's samples; null: the analysis's counts
 * @param failureLimit of this query alone, in runs; null: the analysis's counts
 * @param inconclusiveLimit likewise
 * @param onInconclusive likewise
 * @param dryRun judged and shown, decides nothing
 */
public record Query(
        String name,
        Question asks,
        Rule rule,
        long minimumSamples,
        WhenAbsent whenAbsent,
        Evaluation evaluation,
        Duration initialDelay,
        Duration settle,
        Duration maxWait,
        Integer failureLimit,
        Integer inconclusiveLimit,
        OnInconclusive onInconclusive,
        boolean dryRun) {

    public enum WhenAbsent {
        /** The run is Inconclusive and asks whether the name is right. */
        @JsonProperty("inconclusive")
        INCONCLUSIVE,
        /** Nothing was counted. */
        @JsonProperty("zero")
        ZERO
    }

    public enum Evaluation {
        /** Judged at the end of each run. */
        @JsonProperty("interval")
        INTERVAL,
        /** Judged as events arrive; a fail is out at once, a pass still waits for its run's end. */
        @JsonProperty("continuous")
        CONTINUOUS
    }

    public Query {
        initialDelay = initialDelay == null ? Duration.ZERO : initialDelay;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Query of(WrittenQuery written) {
        return written.query();
    }

    @JsonValue
    WrittenQuery written() {
        return WrittenQuery.of(this);
    }

    /** With everything else as it is where the file says nothing. */
    public Query(String name, Question asks, Rule rule, Evaluation evaluation) {
        this(name, asks, rule, 1, null, evaluation, null, null, null, null, null, null, false);
    }

    /** Settling as its target does. */
    public Query(
            String name,
            Question asks,
            Rule rule,
            long minimumSamples,
            WhenAbsent whenAbsent,
            Evaluation evaluation,
            Duration initialDelay,
            Duration maxWait,
            Integer failureLimit,
            Integer inconclusiveLimit,
            OnInconclusive onInconclusive,
            boolean dryRun) {
        this(
                name,
                asks,
                rule,
                minimumSamples,
                whenAbsent,
                evaluation,
                initialDelay,
                null,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                dryRun);
    }

    public Query withMinimumSamples(long samples) {
        return new Query(
                name,
                asks,
                rule,
                samples,
                whenAbsent,
                evaluation,
                initialDelay,
                settle,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                dryRun);
    }

    public Query withWhenAbsent(WhenAbsent absent) {
        return new Query(
                name,
                asks,
                rule,
                minimumSamples,
                absent,
                evaluation,
                initialDelay,
                settle,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                dryRun);
    }

    public Query withEvaluation(Evaluation other) {
        return new Query(
                name,
                asks,
                rule,
                minimumSamples,
                whenAbsent,
                other,
                initialDelay,
                settle,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                dryRun);
    }

    public Query withSettle(Duration other) {
        return new Query(
                name,
                asks,
                rule,
                minimumSamples,
                whenAbsent,
                evaluation,
                initialDelay,
                other,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                dryRun);
    }

    /** Judged and shown, decides nothing. */
    public Query tried() {
        return new Query(
                name,
                asks,
                rule,
                minimumSamples,
                whenAbsent,
                evaluation,
                initialDelay,
                settle,
                maxWait,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                true);
    }
}
