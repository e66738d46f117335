package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What the gate found for one run of one analysis, with its evidence, on {@code rollout.verdicts}.
 *
 * @param id {@code <analysis id>/<run>}; the engine keeps the first verdict of each id
 * @param share the canary's share of requests as measured, in percent; null where it can't be told
 * @param queries the evidence, one entry per query of the analysis
 */
public record Verdict(
        String id,
        String rollout,
        String application,
        String target,
        String analysis,
        int run,
        Outcome outcome,
        Share share,
        List<QueryResult> queries,
        Instant time) {

    /** Ordered from good to bad: a run's outcome is the worst of its queries that decide. */
    public enum Outcome {
        @JsonProperty("Pass")
        PASS,
        @JsonProperty("Inconclusive")
        INCONCLUSIVE,
        @JsonProperty("Error")
        ERROR,
        @JsonProperty("Fail")
        FAIL
    }

    /** The canary's share of requests in percent, with a confidence interval. */
    public record Share(double observed, double low, double high) {}

    /** How many samples each variant had in the window. */
    public record Samples(long canary, long stable) {}

    /** Where the value lies with the confidence that the rule asks for; null for an end that is not known. */
    public record Interval(Double low, Double high) {}

    /** What speaks against the canary, as a rule that weighs it does; beyond the bar it fails. */
    public record Evidence(double against, double bar) {}

    /**
     * The smallest worsening that the run would have failed on by now.
     *
     * @param value of the canary, had it been so bad, in the query's own unit
     * @param probability with which the run would have failed then, at least
     */
    public record Detectable(double value, double probability) {}

    /**
     * One query's result. {@code canary} and {@code stable} are the query's values, null where they could not be
     * computed (never NaN); {@code words} says it for people; a {@code dryRun} query decides nothing.
     *
     * @param asked what was asked, with all variables filled in; null where nothing was
     * @param detectable null where it can't be told, as for most rules
     * @param pending the query doesn't look at any of the run's own interval yet: the run counts for none of its limits
     */
    public record QueryResult(
            String name,
            Outcome outcome,
            Double canary,
            Double stable,
            Samples samples,
            String limit,
            Interval interval,
            Evidence evidence,
            String words,
            String asked,
            Detectable detectable,
            boolean dryRun,
            boolean pending) {
        /** Without an interval or an evidence. */
        public QueryResult(
                String name,
                Outcome outcome,
                Double canary,
                Double stable,
                Samples samples,
                String limit,
                String words,
                boolean dryRun) {
            this(name, outcome, canary, stable, samples, limit, null, null, words, null, null, dryRun, false);
        }
    }

    public Verdict {
        queries = queries == null ? List.of() : List.copyOf(queries);
    }
}
