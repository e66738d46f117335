package dev.sluice.engine.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts failures and inconclusive runs against their limits (B12): an analysis fails when failures <em>exceed</em>
 * {@code failureLimit}, so with the default 0 the first failure fails it. Limits say what may go wrong beside successes:
 * without a single run that passed, an analysis hasn't passed (B10). Runs that could not be judged are neither (B11): they
 * have a limit of their own.
 */
final class Tally {
    /** In a row, as many as Argo Rollouts allows: a source that is away for a moment stops no release. */
    static final int ERRORS_ALLOWED = 4;

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
                .or(() -> error(run))
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
        var words = count + ": "
                + words(run, run.lastOutcome() == Outcome.ERROR ? Outcome.ERROR : Outcome.INCONCLUSIVE, null);
        return then == OnInconclusive.CONTINUE
                ? new Standing.Unmeasured("nothing was measured, and 'onInconclusive: continue' goes on: " + words)
                : new Standing.Inconclusive(then, words);
    }

    private static Optional<Standing> failure(AnalysisRun run) {
        var spec = run.spec();
        if (run.failures() > spec.failureLimit()) {
            return Optional.of(failed(run, run.failures(), null, spec.failureLimit()));
        }
        for (var query : withOwnLimits(spec)) {
            var limit = query.failureLimit() == null ? spec.failureLimit() : query.failureLimit();
            var count = counts(run, query).failures();
            if (count > limit) {
                return Optional.of(failed(run, count, query, limit));
            }
        }
        return Optional.empty();
    }

    private static Standing failed(AnalysisRun run, int count, Query query, int limit) {
        return new Standing.Failed(words(run, Outcome.FAIL, query) + exceeded(count, who(query) + "failed", limit));
    }

    private static String who(Query query) {
        return query == null ? "" : query.name() + " ";
    }

    private static Optional<Standing> inconclusive(AnalysisRun run) {
        var spec = run.spec();
        if (run.inconclusives() > spec.inconclusiveLimit() && spec.onInconclusive() != OnInconclusive.CONTINUE) {
            return Optional.of(
                    undecided(run, spec.onInconclusive(), run.inconclusives(), null, spec.inconclusiveLimit()));
        }
        for (var query : withOwnLimits(spec)) {
            var then = query.onInconclusive() == null ? spec.onInconclusive() : query.onInconclusive();
            var limit = query.inconclusiveLimit() == null ? spec.inconclusiveLimit() : query.inconclusiveLimit();
            var count = counts(run, query).inconclusives();
            if (count > limit && then != OnInconclusive.CONTINUE) {
                return Optional.of(undecided(run, then, count, query, limit));
            }
        }
        return Optional.empty();
    }

    private static Standing undecided(AnalysisRun run, OnInconclusive then, int count, Query query, int limit) {
        return new Standing.Inconclusive(
                then, words(run, Outcome.INCONCLUSIVE, query) + exceeded(count, who(query) + "inconclusive", limit));
    }

    /** Whoever goes on without a measurement goes on with the next run; the last one says that there was none. */
    private static Optional<Standing> error(AnalysisRun run) {
        var spec = run.spec();
        if (run.errors() > ERRORS_ALLOWED && spec.onInconclusive() != OnInconclusive.CONTINUE) {
            return Optional.of(unjudged(run, spec.onInconclusive(), run.errors(), null));
        }
        for (var query : withOwnLimits(spec)) {
            var then = query.onInconclusive() == null ? spec.onInconclusive() : query.onInconclusive();
            var count = counts(run, query).errors();
            if (count > ERRORS_ALLOWED && then != OnInconclusive.CONTINUE) {
                return Optional.of(unjudged(run, then, count, query));
            }
        }
        return Optional.empty();
    }

    private static Standing unjudged(AnalysisRun run, OnInconclusive then, int count, Query query) {
        return new Standing.Inconclusive(
                then,
                words(run, Outcome.ERROR, query)
                        + exceeded(count, "in a row " + who(query) + "could not be judged", ERRORS_ALLOWED));
    }

    private static List<Query> withOwnLimits(AnalysisSpec spec) {
        return spec.queries().stream().filter(Tally::hasOwnLimit).toList();
    }

    /**
     * The worst outcome among the queries that share the analysis's limit; the run's own where no query is named, or where a
     * score has weighed them against each other. One that a verdict leaves out was not judged, and hasn't passed (B10). Empty
     * where none of them looks yet: that is neither.
     */
    static Optional<Outcome> sharedOutcome(AnalysisSpec spec, Outcome outcome, List<QueryResult> queries) {
        if (queries.isEmpty()) {
            return Optional.of(outcome);
        }
        var deciding = queries.stream().filter(result -> !result.dryRun()).toList();
        if (spec.score() != null) {
            return areAllPending(deciding)
                    ? Optional.empty()
                    : Optional.of(
                            outcome == Outcome.PASS && !areAllNamed(spec, queries) ? Outcome.INCONCLUSIVE : outcome);
        }
        var shared = deciding.stream()
                .filter(result -> !hasOwnLimit(spec, result.name()))
                .toList();
        if (areAllPending(shared.isEmpty() ? deciding : shared)) {
            return Optional.empty();
        }
        return Optional.of(shared.stream()
                .filter(result -> !result.pending())
                .map(QueryResult::outcome)
                .max(Comparator.naturalOrder())
                .filter(worst -> worst != Outcome.PASS || areAllNamed(spec, queries))
                .orElseGet(() -> areAllNamed(spec, queries) ? Outcome.PASS : Outcome.INCONCLUSIVE));
    }

    private static boolean areAllPending(List<QueryResult> results) {
        return !results.isEmpty() && results.stream().allMatch(QueryResult::pending);
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

    /** @param query whose words; null: of any that decides */
    private static String words(AnalysisRun run, Outcome outcome, Query query) {
        var deciding = run.lastQueries().stream()
                .filter(result -> !result.dryRun() && result.words() != null)
                .filter(result -> query == null || result.name().equals(query.name()))
                .toList();
        return deciding.stream()
                .filter(result -> result.outcome() == outcome)
                .map(QueryResult::words)
                .findFirst()
                .orElseGet(() -> "run " + run.lastRun() + came(outcome) + scored(run, deciding));
    }

    private static String came(Outcome outcome) {
        return switch (outcome) {
            case PASS -> " passed";
            case FAIL -> " failed";
            case INCONCLUSIVE -> " was inconclusive";
            case ERROR -> " could not be judged";
        };
    }

    /** A score may be too low where no query of it came to the same. */
    private static String scored(AnalysisRun run, List<QueryResult> deciding) {
        if (run.spec().score() == null) {
            return "";
        }
        return " by its score"
                + deciding.stream()
                        .filter(result -> result.outcome() != Outcome.PASS)
                        .max(Comparator.comparing(QueryResult::outcome))
                        .map(worst -> " (" + worst.words() + ")")
                        .orElse("");
    }
}
