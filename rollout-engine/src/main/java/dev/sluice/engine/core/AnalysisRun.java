package dev.sluice.engine.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.AnalysisSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An open analysis and what its runs have come to so far.
 *
 * @param id {@code rollout/target/name/attempt}
 * @param failures runs failed by a query that shares the analysis's limit
 * @param inconclusives likewise for inconclusive runs
 * @param byQuery counts of the queries that have a limit of their own
 */
public record AnalysisRun(
        String id,
        String name,
        AnalysisSpec spec,
        Instant from,
        RunsSeen seen,
        int failures,
        int inconclusives,
        Map<String, QueryCounts> byQuery,
        int lastRun,
        Outcome lastOutcome,
        List<QueryResult> lastQueries) {

    /** How long after a run's end its verdict may still come; then the run counts as inconclusive. */
    static final Duration VERDICT_GRACE = Duration.ofSeconds(60);

    /** How often one query failed, and how often it was inconclusive. */
    public record QueryCounts(int failures, int inconclusives) {
        QueryCounts plus(Outcome outcome) {
            return switch (outcome) {
                case PASS -> this;
                case FAIL -> new QueryCounts(failures + 1, inconclusives);
                case INCONCLUSIVE, ERROR -> new QueryCounts(failures, inconclusives + 1);
            };
        }
    }

    static AnalysisRun open(String id, String name, AnalysisSpec spec, Instant at) {
        return new AnalysisRun(
                id, name, spec, at.plus(spec.initialDelay()), RunsSeen.NONE, 0, 0, Map.of(), 0, null, List.of());
    }

    boolean isBackground() {
        return spec.runs() == 0;
    }

    boolean isComplete() {
        return !isBackground() && seen.count() >= spec.runs();
    }

    /** The first run without a verdict, from 1. */
    int nextRun() {
        return seen.upTo() + 1;
    }

    /** When the first run without a verdict is given up as inconclusive. */
    Instant verdictDue() {
        return from.plus(spec.interval().multipliedBy(nextRun()))
                .plus(spec.maxWait())
                .plus(VERDICT_GRACE);
    }

    AnalysisRun judged(int run, Outcome outcome, List<QueryResult> queries) {
        var shared = Tally.sharedOutcome(spec, outcome, queries);
        return new AnalysisRun(
                id,
                name,
                spec,
                from,
                seen.with(run),
                failures + (shared == Outcome.FAIL ? 1 : 0),
                inconclusives + (shared == Outcome.INCONCLUSIVE || shared == Outcome.ERROR ? 1 : 0),
                counted(queries),
                Math.max(run, lastRun),
                outcome,
                queries);
    }

    private Map<String, QueryCounts> counted(List<QueryResult> queries) {
        var counts = new TreeMap<>(byQuery);
        for (var result : queries) {
            if (!result.dryRun() && Tally.hasOwnLimit(spec, result.name())) {
                counts.merge(
                        result.name(),
                        new QueryCounts(0, 0).plus(result.outcome()),
                        (old, fresh) -> old.plus(result.outcome()));
            }
        }
        return Map.copyOf(counts);
    }
}
