package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;

/**
 * A query and what became of it in a run.
 *
 * @param isCritical whether it is bad enough that nothing else counts
 * @param isSilent whether it had nothing to say, and only lets others pass
 */
record Judged(CompiledQuery query, QueryResult result, boolean isCritical, boolean isSilent) {
    boolean decides() {
        return query.decides();
    }

    /** Whether it looks at nothing of the run's own interval: neither a pass nor a reason against one. */
    boolean isPending() {
        return result.pending();
    }

    Outcome outcome() {
        return result.outcome();
    }

    Judged with(QueryResult other) {
        return new Judged(query, other, isCritical, isSilent);
    }

    /** Where the run cannot be told: never better than Inconclusive. */
    Judged withheld(String reason) {
        return new Judged(query, CompiledQuery.withheld(result, reason), false, isSilent);
    }
}
