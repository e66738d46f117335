package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An analysis of the rollout file, with its queries resolved and defaults filled in.
 *
 * @param runs the file's {@code numberOfJudgmentRuns}; 0 for a background analysis: until the steps end
 * @param failureLimit failing runs allowed; one more fails the analysis
 * @param inconclusiveLimit likewise for inconclusive runs
 * @param score judges each run in place of its worst query; null for none
 * @param startingStep for a background analysis: the step, from 1, at which it opens
 * @param rollBackMode who takes the canary back once it has failed
 * @param rollForwardMode who lets the rollout go on once it has passed
 * @param abortOnFailedJudgment whether the file asks for its end with the first run that fails; its limits, and its queries',
 *     say so already
 */
public record AnalysisSpec(
        Duration interval,
        int runs,
        List<Query> queries,
        int failureLimit,
        int inconclusiveLimit,
        OnInconclusive onInconclusive,
        Duration initialDelay,
        Duration maxWait,
        Lookback lookbackMethod,
        Score score,
        int startingStep,
        RollMode rollBackMode,
        RollMode rollForwardMode,
        boolean abortOnFailedJudgment) {

    public enum Lookback {
        /** From the analysis's beginning to the run's end. */
        @JsonProperty("growing")
        GROWING,
        /** The run's own interval. */
        @JsonProperty("sliding")
        SLIDING
    }

    public AnalysisSpec {
        queries = List.copyOf(queries);
        // plans of older versions don't say
        rollBackMode = rollBackMode == null ? RollMode.AUTOMATIC : rollBackMode;
        rollForwardMode = rollForwardMode == null ? RollMode.AUTOMATIC : rollForwardMode;
    }

    /** Whether another one has the same runs of the same queries, whatever follows from what they come to. */
    public boolean asksLike(AnalysisSpec other) {
        return interval.equals(other.interval)
                && runs == other.runs
                && queries.equals(other.queries)
                && initialDelay.equals(other.initialDelay)
                && maxWait.equals(other.maxWait)
                && lookbackMethod == other.lookbackMethod
                && Objects.equals(score, other.score);
    }

    /** Acted on by itself. */
    public AnalysisSpec(
            Duration interval,
            int runs,
            List<Query> queries,
            int failureLimit,
            int inconclusiveLimit,
            OnInconclusive onInconclusive,
            Duration initialDelay,
            Duration maxWait,
            Lookback lookbackMethod,
            Score score,
            int startingStep) {
        this(
                interval,
                runs,
                queries,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                initialDelay,
                maxWait,
                lookbackMethod,
                score,
                startingStep,
                RollMode.AUTOMATIC,
                RollMode.AUTOMATIC,
                false);
    }

    /** Where queries don't say how long they leave a weight to settle, it is so long; null: they don't. Alerts are always heard. */
    public AnalysisSpec settling(Duration unlessSaid) {
        if (unlessSaid == null) {
            return this;
        }
        return asking(queries.stream()
                .map(query -> query.settle() == null && isMeasured(query) ? query.withSettle(unlessSaid) : query)
                .toList());
    }

    /** The same with other queries. */
    public AnalysisSpec asking(List<Query> others) {
        return new AnalysisSpec(
                interval,
                runs,
                others,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                initialDelay,
                maxWait,
                lookbackMethod,
                score,
                startingStep,
                rollBackMode,
                rollForwardMode,
                abortOnFailedJudgment);
    }

    /** Whether a query of it leaves a weight to settle. */
    public boolean settles() {
        return queries.stream().anyMatch(query -> isLong(query.settle()));
    }

    /** The shortest that a query of it leaves a weight to settle. */
    public Duration shortestSettle() {
        return queries.stream()
                .filter(AnalysisSpec::isMeasured)
                .map(query -> query.settle() == null ? Duration.ZERO : query.settle())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static boolean isMeasured(Query query) {
        return !(query.asks() instanceof Question.Alert);
    }

    private static boolean isLong(Duration duration) {
        return duration != null && !duration.isZero();
    }

    /** The longest that a query of it may extend a run. */
    public Duration longestWait() {
        return queries.stream()
                .map(query -> query.maxWait() == null ? maxWait : query.maxWait())
                .max(Duration::compareTo)
                .orElse(maxWait);
    }

    /** Judged by its worst query. */
    public AnalysisSpec(
            Duration interval,
            int runs,
            List<Query> queries,
            int failureLimit,
            int inconclusiveLimit,
            OnInconclusive onInconclusive,
            Duration initialDelay,
            Duration maxWait,
            Lookback lookbackMethod,
            int startingStep) {
        this(
                interval,
                runs,
                queries,
                failureLimit,
                inconclusiveLimit,
                onInconclusive,
                initialDelay,
                maxWait,
                lookbackMethod,
                null,
                startingStep);
    }
}
