package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.statistics.Power;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Rule;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.OptionalDouble;

/** {@code upperLimit} and {@code lowerLimit}: the canary alone fails above the one or below the other; at a limit it passes. */
@Singleton
public class ThresholdJudge implements Judge {
    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.Limits;
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var limits = (Rule.Limits) query.rule();
        var words = measure.describe(query, canary) + ", " + limitInWords(limits, measure);
        return new Finding(outcome(limits, canary), limit(limits), words)
                .detecting(measure.isOneByOne(query) ? Worsening.of(detectable(limits, canary)) : null);
    }

    /** Of one limit: of two, nobody says which way is worse. */
    private static OptionalDouble detectable(Rule.Limits limits, Measured.Found canary) {
        if (canary.samples() < 1 || canary.atLeast() || (limits.upper() == null) == (limits.lower() == null)) {
            return OptionalDouble.empty();
        }
        return limits.upper() == null
                ? Power.below(limits.lower(), canary.samples())
                : Power.above(limits.upper(), canary.samples());
    }

    @Override
    public Outcome outcome(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        return outcome((Rule.Limits) query.rule(), canary);
    }

    private static Outcome outcome(Rule.Limits limits, Measured.Found canary) {
        if (limits.upper() != null && canary.value() > limits.upper()) {
            return Outcome.FAIL;
        }
        var isBelow = limits.lower() != null && canary.value() < limits.lower();
        if (canary.atLeast()) {
            var isDecided = limits.upper() == null && !isBelow;
            return isDecided ? Outcome.PASS : Outcome.INCONCLUSIVE;
        }
        return isBelow ? Outcome.FAIL : Outcome.PASS;
    }

    private static String limit(Rule.Limits rule) {
        var limits = new ArrayList<String>();
        if (rule.lower() != null) {
            limits.add("lowerLimit " + Numbers.plain(rule.lower()));
        }
        if (rule.upper() != null) {
            limits.add("upperLimit " + Numbers.plain(rule.upper()));
        }
        return String.join(", ", limits);
    }

    private static String limitInWords(Rule.Limits limits, Measure measure) {
        if (limits.lower() == null) {
            return "limit " + measure.withUnit(limits.upper());
        }
        return limits.upper() == null
                ? "at least " + measure.withUnit(limits.lower())
                : "limits " + measure.withUnit(limits.lower()) + " to " + measure.withUnit(limits.upper());
    }
}
