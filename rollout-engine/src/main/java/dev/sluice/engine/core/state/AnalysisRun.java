package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.AnalysisSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An open analysis and what its runs have come to so far.
 *
 * @param id {@code rollout/target/name/attempt}
 * @param passes runs passed by every query that shares the analysis's limit: none, and it hasn't passed (B10)
 * @param failures runs failed by a query that shares the analysis's limit
 * @param inconclusives likewise for inconclusive runs
 * @param errors how many of the newest runs in a row could not be judged, for want of the source that was to be asked (B11)
 * @param byQuery counts of the queries that have a limit of their own
 */
public record AnalysisRun(
        String id,
        String name,
        AnalysisSpec spec,
        Instant from,
        RunsSeen seen,
        int passes,
        int failures,
        int inconclusives,
        int errors,
        Map<String, QueryCounts> byQuery,
        int lastRun,
        Outcome lastOutcome,
        List<QueryResult> lastQueries) {

    /** How long after a run's end its verdict may still come; then the run counts as inconclusive. */
    public static final Duration VERDICT_GRACE = Duration.ofSeconds(60);

    /** The name of the one that goes on asking for the canary's share while a raise waits for that. */
    public static final String SHARE = "share";

    /** How often one query passed, failed and was inconclusive, and how often in a row it could not be judged. */
    public record QueryCounts(int passes, int failures, int inconclusives, int errors) {
        public static final QueryCounts NONE = new QueryCounts(0, 0, 0, 0);

        public QueryCounts plus(Outcome outcome) {
            return switch (outcome) {
                case PASS -> new QueryCounts(passes + 1, failures, inconclusives, 0);
                case FAIL -> new QueryCounts(passes, failures + 1, inconclusives, 0);
                case INCONCLUSIVE -> new QueryCounts(passes, failures, inconclusives + 1, 0);
                case ERROR -> new QueryCounts(passes, failures, inconclusives, errors + 1);
            };
        }
    }

    /** @param settled before, no query looks at the weight there is */
    public static AnalysisRun open(String id, String name, AnalysisSpec spec, Instant at, Instant settled) {
        var delayed = at.plus(spec.initialDelay());
        var from = settled.isAfter(delayed) ? settled : delayed;
        return new AnalysisRun(id, name, spec, from, RunsSeen.NONE, 0, 0, 0, 0, Map.of(), 0, null, List.of());
    }

    /** The same, under other limits. */
    public AnalysisRun with(AnalysisSpec limited) {
        return new AnalysisRun(
                id,
                name,
                limited,
                from,
                seen,
                passes,
                failures,
                inconclusives,
                errors,
                byQuery,
                lastRun,
                lastOutcome,
                lastQueries);
    }

    public boolean isBackground() {
        return spec.runs() == 0;
    }

    public boolean isMeasuring() {
        return name.equals(SHARE);
    }

    /** When what this run looks at began. */
    public Instant beginOf(int run) {
        return spec.lookbackMethod() == AnalysisSpec.Lookback.GROWING ? from : endOf(run - 1);
    }

    public Instant endOf(int run) {
        return from.plus(spec.interval().multipliedBy(run));
    }

    public boolean isComplete() {
        return !isBackground() && seen.count() >= spec.runs();
    }

    /** Whether a run has come to anything: in one that ends before its queries look, there was nothing to find. */
    public boolean hasLooked() {
        return passes + failures + inconclusives + errors > 0;
    }

    /** The first run without a verdict, from 1. */
    public int nextRun() {
        return seen.upTo() + 1;
    }

    /** When the first run without a verdict is given up as inconclusive. */
    public Instant verdictDue() {
        return verdictDue(nextRun());
    }

    private Instant verdictDue(int run) {
        return endOf(run).plus(spec.longestWait()).plus(VERDICT_GRACE);
    }

    /** The last run that is given up by now, from 1; below {@link #nextRun} where none is. */
    public int lastMissed(Instant now) {
        var sinceFirst = Duration.between(verdictDue(0), now);
        var due = sinceFirst.isNegative() ? 0 : sinceFirst.dividedBy(spec.interval());
        var last = isBackground() ? Integer.MAX_VALUE - 1 : spec.runs();
        return (int) Math.min(due, last);
    }

    /** Nobody judged the runs up to this one that have no verdict: each is inconclusive. */
    public AnalysisRun missed(int upTo) {
        return new AnalysisRun(
                id,
                name,
                spec,
                from,
                seen.through(upTo),
                passes,
                failures,
                inconclusives + seen.missingUpTo(upTo),
                errors,
                byQuery,
                Math.max(upTo, lastRun),
                Outcome.INCONCLUSIVE,
                List.of());
    }

    public AnalysisRun judged(int run, Outcome outcome, List<QueryResult> queries) {
        var shared = SharedLimit.outcome(spec, outcome, queries);
        var before = new QueryCounts(passes, failures, inconclusives, errors);
        var counts = shared.map(before::plus).orElse(before);
        return new AnalysisRun(
                id,
                name,
                spec,
                from,
                seen.with(run),
                counts.passes(),
                counts.failures(),
                counts.inconclusives(),
                counts.errors(),
                counted(queries),
                Math.max(run, lastRun),
                outcome,
                queries);
    }

    /** Whether a run that came to this passed as the last one did, every query of it. */
    public boolean passedLike(Outcome outcome, List<QueryResult> queries) {
        return outcome == Outcome.PASS
                && lastOutcome == Outcome.PASS
                && outcomes(queries).equals(outcomes(lastQueries));
    }

    private static Map<String, Outcome> outcomes(List<QueryResult> queries) {
        return queries.stream().collect(Collectors.toMap(QueryResult::name, QueryResult::outcome, (a, b) -> a));
    }

    private Map<String, QueryCounts> counted(List<QueryResult> queries) {
        var counts = new TreeMap<>(byQuery);
        for (var result : queries) {
            if (!result.dryRun() && !result.pending() && SharedLimit.hasItsOwn(spec, result.name())) {
                counts.merge(
                        result.name(),
                        QueryCounts.NONE.plus(result.outcome()),
                        (old, fresh) -> old.plus(result.outcome()));
            }
        }
        return Map.copyOf(counts);
    }
}
