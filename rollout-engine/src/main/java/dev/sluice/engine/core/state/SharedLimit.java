package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Query;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a run counts against the limits that an analysis's queries share; a query may have some of its own. */
public final class SharedLimit {
    private SharedLimit() {}

    /**
     * The worst outcome among the queries that share the analysis's limit; the run's own where no query is named, or where a
     * score has weighed them against each other. One that a verdict leaves out was not judged, and hasn't passed (B10). Empty
     * where none of them looks yet: that is neither.
     */
    static Optional<Outcome> outcome(AnalysisSpec spec, Outcome outcome, List<QueryResult> queries) {
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
                .filter(result -> !hasItsOwn(spec, result.name()))
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
                .filter(query -> !query.dryRun() && !hasItsOwn(query))
                .allMatch(query -> named.contains(query.name()));
    }

    static boolean hasItsOwn(AnalysisSpec spec, String query) {
        return spec.queries().stream().anyMatch(candidate -> candidate.name().equals(query) && hasItsOwn(candidate));
    }

    public static boolean hasItsOwn(Query query) {
        return query.failureLimit() != null || query.inconclusiveLimit() != null || query.onInconclusive() != null;
    }
}
