package dev.sluice.gate.judge;

import dev.sluice.gate.statistics.Power;
import dev.sluice.schemas.message.Verdict.Detectable;
import java.util.OptionalDouble;

/** What a judge would have found by now, as a verdict tells it. */
final class Worsening {
    private Worsening() {}

    /** Null where nothing would have been found surely enough. */
    static Detectable of(OptionalDouble value) {
        return value.isPresent() ? new Detectable(value.getAsDouble(), Power.PROBABILITY) : null;
    }
}
