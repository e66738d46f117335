package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Samples;

/**
 * What became of a query in one window.
 *
 * @param canary the canary's value; null where there is none, likewise {@code stable}
 * @param limit what the value was held against, as the file says it; null for nothing
 * @param interval where the value lies; null where nobody knows
 * @param evidence what speaks against the canary; null where nothing was weighed
 * @param detectable the smallest worsening that would have been found by now; null where nobody can tell
 * @param isCritical whether it is bad enough that nothing else counts
 * @param isSilent there was nothing to say yet: no pass by itself, and no reason against the others' pass
 */
public record Answer(
        Outcome outcome,
        Double canary,
        Double stable,
        Samples samples,
        String limit,
        Verdict.Interval interval,
        Verdict.Evidence evidence,
        String words,
        Verdict.Detectable detectable,
        boolean isCritical,
        boolean isSilent) {
    /** Found in what was measured. */
    public Answer(Outcome outcome, Samples samples, Verdict.Evidence evidence, String words) {
        this(outcome, null, null, samples, null, null, evidence, words, null, false, false);
    }

    /** Without a number. */
    public static Answer of(Outcome outcome, String words) {
        return new Answer(outcome, null, null, null, null, null, null, words, null, false, false);
    }

    /** Nothing to say yet. */
    public static Answer silent(String words) {
        return new Answer(Outcome.INCONCLUSIVE, null, null, null, null, null, null, words, null, false, true);
    }
}
