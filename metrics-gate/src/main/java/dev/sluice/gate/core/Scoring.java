package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Score;
import java.util.List;

/** Plug-in: what a run's queries together come to where its analysis has a score. Pure. */
public interface Scoring {
    /** @param isCritical whether the judge found it bad enough that nothing else counts */
    record Scored(Query query, Outcome outcome, boolean isCritical) {}

    /** @param queries those that decide */
    Outcome outcome(Score score, List<Scored> queries);
}
