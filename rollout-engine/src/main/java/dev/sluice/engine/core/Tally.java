package dev.sluice.engine.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts failures and inconclusive runs against their limits (B12): an analysis fails when failures <em>exceed</em>
 * {@code failureLimit}, so with the default 0 the first failure fails it. Limits say what may go wrong beside successes:
 * without a single run that passed, an analysis hasn't passed (B10).
 */
final class Tally {
    private Tally() {}

    /** What an analysis has come to; {@code words} explains it. */
    sealed interface Standing {
        record Open() implements Standing {}

        record Passed() implements Standing {}

        record Failed(String words) implements Standing {}

        /** Nothing was measured, and the file says to go on all the same. */
        record Unmeasured(String words) implements Standing {}

        record Inconclusive(OnInconclusive then, String words) implements Standing {}
    }

    static Standing of(AnalysisRun run) {
        return failure(run)
                .or(() -> inconclusive(run))
                .orElseGet(() -> run.isComplete() ? complete(run) : new Standing.Open());
    }

    private static Standing complete(AnalysisRun run) {
        return unpassed(run).orElseGet(Standing.Passed::new);
    }

    /** What follows where no run passed, of the analysis or of a query with a limit of its own; empty where they did. */
    static Optional<Standing> unpassed(AnalysisRun run) {
        var spec = run.spec();
        var unpassed = new EnumMap<OnInconclusive, String>(OnInconclusive.class);
        if (run.passes() == 0) {
            unpassed.put(spec.onInconclusive(), "none of " + run.seen().count() + " runs passed");
        }
        for (var query : withOwnLimits(spec)) {
            if (!query.dryRun() && counts(run, query).passes() == 0) {
                var then = query.onInconclusive() == null ? spec.onInconclusive() : query.onInconclusive();
                unpassed.putIfAbsent(
                        then, query.name() + " passed in none of " + run.seen().count() + " runs");
            }
        }
        return Stream.of(OnInconclusive.ROLLBACK, OnInconclusive.PAUSE, OnInconclusive.CONTINUE)
                .filter(unpassed::containsKey)
                .findFirst()
                .map(then -> unpassed(run, then, unpassed.get(then)));
    }

    private static Standing unpassed(AnalysisRun run, OnInconclusive then, String count) {
        var words = count + ": " + words(run, Outcome.INCONCLUSIVE);
        return then == OnInconclusive.CONTINUE
                ? new Standing.Unmeasured("nothing was measured, and 'onInconclusive: continue' goes on: " + words)
                : new Standing.Inconclusive(then, words);
    }

    private static Optional<Standing> failure(AnalysisRun run) {
        var spec = run.spec();
        if (run.failures() > spec.failureLimit()) {
            return Optional.of(failed(run, run.failures(), "", spec.failureLimit()));
        }
        for (var query : withOwnLimits(spec)) {
            var limit = query.failureLimit() == null ? spec.failureLimit() : query.failureLimit();
            var count = counts(run, query).failures();
            if (count > limit) {
                return Optional.of(failed(run, count, query.name() + " ", limit));
            }
        }
        return Optional.empty();
    }

    private static Standing failed(AnalysisRun run, int count, String who, int limit) {
        return new Standing.Failed(words(run, Outcome.FAIL) + exceeded(count, who + "failed", limit));
    }

    private static Optional<Standing> inconclusive(AnalysisRun run) {
        var spec = run.spec();
        if (run.inconclusives() > spec.inconclusiveLimit() && spec.onInconclusive() != OnInconclusive.CONTINUE) {
            return Optional.of(
                    undecided(run, spec.onInconclusive(), run.inconclusives(), "", spec.inconclusiveLimit()));
        }
        for (var query : withOwnLimits(spec)) {
            var then = query.onInconclusive() == null ? spec.onInconclusive() : query.onInconclusive();
            var limit = query.inconclusiveLimit() == null ? spec.inconclusiveLimit() : query.inconclusiveLimit();
            var count = counts(run, query).inconclusives();
            if (count > limit && then != OnInconclusive.CONTINUE) {
                return Optional.of(undecided(run, then, count, query.name() + " ", limit));
            }
        }
        return Optional.empty();
    }

    private static Standing undecided(AnalysisRun run, OnInconclusive then, int count, String who, int limit) {
        return new Standing.Inconclusive(
                then, words(run, Outcome.INCONCLUSIVE) + exceeded(count, who + "inconclusive", limit));
    }

    private static List<Query> withOwnLimits(AnalysisSpec spec) {
        return spec.queries().stream().filter(Tally::hasOwnLimit).toList();
    }

    /**
     * The worst outcome among the queries that share the analysis's limit; the run's own where no query is named. One that
     * a verdict leaves out was not judged, and hasn't passed (B10).
     */
    static Outcome sharedOutcome(AnalysisSpec spec, Outcome outcome, List<QueryResult> queries) {
        if (queries.isEmpty()) {
            return outcome;
        }
        return queries.stream()
                .filter(result -> !result.dryRun() && !hasOwnLimit(spec, result.name()))
                .map(QueryResult::outcome)
                .max(Comparator.naturalOrder())
                .filter(worst -> worst != Outcome.PASS || areAllNamed(spec, queries))
                .orElseGet(() -> areAllNamed(spec, queries) ? Outcome.PASS : Outcome.INCONCLUSIVE);
    }

    private static boolean areAllNamed(AnalysisSpec spec, List<QueryResult> queries) {
        var named = queries.stream().map(QueryResult::name).collect(Collectors.toSet());
        return spec.queries().stream()
                .filter(query -> !query.dryRun() && !hasOwnLimit(query))
                .allMatch(query -> named.contains(query.name()));
    }

    static boolean hasOwnLimit(AnalysisSpec spec, String query) {
        return spec.queries().stream().anyMatch(candidate -> candidate.name().equals(query) && hasOwnLimit(candidate));
    }

    private static boolean hasOwnLimit(Query query) {
        return query.failureLimit() != null || query.inconclusiveLimit() != null || query.onInconclusive() != null;
    }

    private static AnalysisRun.QueryCounts counts(AnalysisRun run, Query query) {
        return run.byQuery().getOrDefault(query.name(), AnalysisRun.QueryCounts.NONE);
    }

    private static String exceeded(int count, String what, int limit) {
        return limit == 0 ? "" : " (" + count + " runs " + what + ", " + limit + " allowed)";
    }

    private static String words(AnalysisRun run, Outcome outcome) {
        return run.lastQueries().stream()
                .filter(result -> !result.dryRun() && result.outcome() == outcome)
                .map(QueryResult::words)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("run " + run.lastRun() + (outcome == Outcome.FAIL ? " failed" : " was inconclusive"));
    }
}
