package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;

/** Plug-in: decides whether what was measured is good. Pure; found by CDI. */
public interface Judge {
    boolean takes(Query query);

    /** What it looks at beyond the run's window. */
    default Reach reach(Query query) {
        return Reach.NONE;
    }

    /** Why it cannot judge what the query asks; null where it can. */
    default String obstacle(Query query, Measure measure) {
        return null;
    }

    /**
     * @param canary what the query measures in the run's window: a number, of at least as many samples as the query asks for
     * @param evidence of both sides
     */
    Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence);

    /**
     * The finding's outcome alone. Asked with every batch of events, while words are made for what leaves only: worth doing
     * without them.
     */
    default Outcome outcome(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        return judge(query, measure, canary, evidence).outcome();
    }

    /**
     * @param limit what the value was held against, as the file says it; null for nothing
     * @param interval where the value lies; null where the judge knows none
     * @param evidence what speaks against the canary; null where the judge weighs nothing
     * @param detectable the smallest worsening that would have been found by now; null where the judge can't tell
     * @param isCritical whether it is bad enough that nothing else counts
     */
    record Finding(
            Outcome outcome,
            String limit,
            Verdict.Interval interval,
            Verdict.Evidence evidence,
            String words,
            Verdict.Detectable detectable,
            boolean isCritical) {
        public Finding(Outcome outcome, String limit, String words) {
            this(outcome, limit, null, null, words);
        }

        public Finding(
                Outcome outcome, String limit, Verdict.Interval interval, Verdict.Evidence evidence, String words) {
            this(outcome, limit, interval, evidence, words, null, false);
        }

        /** @param worsening null where none can be told */
        public Finding detecting(Verdict.Detectable worsening) {
            return new Finding(outcome, limit, interval, evidence, words, worsening, isCritical);
        }
    }
}
