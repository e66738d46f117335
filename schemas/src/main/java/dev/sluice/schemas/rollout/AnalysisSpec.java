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
