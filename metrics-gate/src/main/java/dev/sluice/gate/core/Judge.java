package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;

/** Plug-in: decides whether what was measured is good. Pure; found by CDI. */
public interface Judge {
    boolean takes(Query query);

    Finding judge(Query query, Measure measure, Measured.Found canary, Measured stable);

    /** @param limit what the value was held against, as the file says it; null for nothing */
    record Finding(Outcome outcome, String limit, String words) {}
}
