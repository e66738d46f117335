package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import java.util.function.Supplier;

/** Plug-in: decides whether what was measured is good. Pure; found by CDI. */
public interface Judge {
    boolean takes(Query query);

    Finding judge(Query query, Measure measure, Measured.Found canary, Measured stable);

    /**
     * The finding's outcome alone. Asked with every batch of events, while words are made for what leaves only: worth doing
     * without them.
     *
     * @param stable measures when asked
     */
    default Outcome outcome(Query query, Measure measure, Measured.Found canary, Supplier<Measured> stable) {
        return judge(query, measure, canary, stable.get()).outcome();
    }

    /** @param limit what the value was held against, as the file says it; null for nothing */
    record Finding(Outcome outcome, String limit, String words) {}
}
