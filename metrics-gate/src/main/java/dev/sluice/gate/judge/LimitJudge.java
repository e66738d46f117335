package dev.sluice.gate.judge;

import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.function.Supplier;

/** {@code upperLimit} and {@code lowerLimit}: the canary alone fails above the one or below the other; at a limit it passes. */
@Singleton
public class LimitJudge implements Judge {
    @Override
    public boolean takes(Query query) {
        return query.upperLimit() != null || query.lowerLimit() != null;
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Measured stable) {
        var words = measure.describe(query, canary) + ", " + limitInWords(query, measure);
        return new Finding(outcome(query, canary), limit(query), words);
    }

    @Override
    public Outcome outcome(Query query, Measure measure, Measured.Found canary, Supplier<Measured> stable) {
        return outcome(query, canary);
    }

    private static Outcome outcome(Query query, Measured.Found canary) {
        if (query.upperLimit() != null && canary.value() > query.upperLimit()) {
            return Outcome.FAIL;
        }
        var isBelow = query.lowerLimit() != null && canary.value() < query.lowerLimit();
        if (canary.atLeast()) {
            var isDecided = query.upperLimit() == null && !isBelow;
            return isDecided ? Outcome.PASS : Outcome.INCONCLUSIVE;
        }
        return isBelow ? Outcome.FAIL : Outcome.PASS;
    }

    private static String limit(Query query) {
        var limits = new ArrayList<String>();
        if (query.lowerLimit() != null) {
            limits.add("lowerLimit " + Numbers.plain(query.lowerLimit()));
        }
        if (query.upperLimit() != null) {
            limits.add("upperLimit " + Numbers.plain(query.upperLimit()));
        }
        return String.join(", ", limits);
    }

    private static String limitInWords(Query query, Measure measure) {
        if (query.lowerLimit() == null) {
            return "limit " + measure.withUnit(query.upperLimit());
        }
        return query.upperLimit() == null
                ? "at least " + measure.withUnit(query.lowerLimit())
                : "limits " + measure.withUnit(query.lowerLimit()) + " to " + measure.withUnit(query.upperLimit());
    }
}
