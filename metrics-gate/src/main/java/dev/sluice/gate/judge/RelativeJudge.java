package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.statistics.Power;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Rule;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code relative}: the canary's value against its baseline's, by ratio and by difference; at a limit it passes. Where several are
 * given, the canary fails beyond any. Without a value of the baseline, or of too few samples, nothing is known.
 */
@Singleton
public class RelativeJudge implements Judge {
    /** One of the rule's limits, as a value that the canary may have. */
    private record Limit(String words, double value, boolean isUpper) {
        /** A value that is only a lower bound is above what it is above, and below nothing. */
        boolean isBroken(Measured.Found canary, Measured.Found baseline) {
            return isUpper
                    ? canary.value() > value && !baseline.atLeast()
                    : canary.value() < value && !canary.atLeast();
        }

        boolean isKept(Measured.Found canary, Measured.Found baseline) {
            return isUpper
                    ? canary.value() <= value && !canary.atLeast()
                    : canary.value() >= value && !baseline.atLeast();
        }
    }

    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.Relative;
    }

    @Override
    public Reach reach(Query query) {
        return Baselines.reach(rule(query).baseline());
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var rule = rule(query);
        return switch (measure.measure(query, Baselines.of(rule.baseline(), evidence))) {
            case Measured.Missing missing ->
                new Finding(
                        Outcome.INCONCLUSIVE, null, query.name() + ": nothing to compare with: " + missing.reason());
            case Measured.Found baseline
            when baseline.samples() < query.minimumSamples() ->
                new Finding(
                        Outcome.INCONCLUSIVE,
                        null,
                        query.name() + ": " + Baselines.word(rule.baseline()) + " has " + baseline.samples()
                                + " of at least " + query.minimumSamples() + " samples");
            case Measured.Found baseline -> compared(query, measure, canary, baseline);
        };
    }

    private static Finding compared(Query query, Measure measure, Measured.Found canary, Measured.Found baseline) {
        var limits = limits(rule(query), measure, baseline);
        if (limits.isEmpty()) {
            return new Finding(
                    Outcome.INCONCLUSIVE,
                    limitOf(rule(query)),
                    query.name() + ": " + Baselines.word(rule(query).baseline()) + " is "
                            + measure.withUnit(baseline.value())
                            + ", of which there is no multiple to be held against: give a difference as well");
        }
        var outcome = outcome(limits, canary, baseline);
        var said = new ArrayList<String>();
        limits.forEach(limit -> said.add(
                (limit.isUpper() ? "limit " : "at least ") + limit.words() + " = " + measure.withUnit(limit.value())));
        var words = measure.describe(query, canary) + ", "
                + Baselines.word(rule(query).baseline()) + " "
                + (baseline.atLeast() ? "at least " : "") + measure.withUnit(baseline.value()) + ", "
                + String.join(", ", said);
        return new Finding(outcome, limitOf(rule(query)), words)
                .detecting(measure.isOneByOne(query) ? Worsening.of(detectable(limits, canary, baseline)) : null);
    }

    /** Above a baseline taken as it was measured; where less is worse too, nobody says which way. */
    private static OptionalDouble detectable(List<Limit> limits, Measured.Found canary, Measured.Found baseline) {
        var isTold = canary.samples() > 0
                && !canary.atLeast()
                && !baseline.atLeast()
                && limits.stream().allMatch(Limit::isUpper);
        if (!isTold) {
            return OptionalDouble.empty();
        }
        var lowest = limits.stream().mapToDouble(Limit::value).min().orElseThrow();
        return Power.above(lowest, canary.samples());
    }

    private static Outcome outcome(List<Limit> limits, Measured.Found canary, Measured.Found baseline) {
        if (limits.stream().anyMatch(limit -> limit.isBroken(canary, baseline))) {
            return Outcome.FAIL;
        }
        return limits.stream().allMatch(limit -> limit.isKept(canary, baseline)) ? Outcome.PASS : Outcome.INCONCLUSIVE;
    }

    private static List<Limit> limits(Rule.Relative rule, Measure measure, Measured.Found baseline) {
        var value = baseline.value();
        var limits = new ArrayList<Limit>();
        var hasMultiples = value > 0;
        if (rule.upperRatio() != null && hasMultiples) {
            limits.add(new Limit("x " + Numbers.plain(rule.upperRatio()), value * rule.upperRatio(), true));
        }
        if (rule.upperDifference() != null) {
            limits.add(
                    new Limit("+ " + measure.withUnit(rule.upperDifference()), value + rule.upperDifference(), true));
        }
        if (rule.lowerRatio() != null && hasMultiples) {
            limits.add(new Limit("x " + Numbers.plain(rule.lowerRatio()), value * rule.lowerRatio(), false));
        }
        if (rule.lowerDifference() != null) {
            limits.add(
                    new Limit("+ " + measure.withUnit(rule.lowerDifference()), value + rule.lowerDifference(), false));
        }
        return limits;
    }

    private static String limitOf(Rule.Relative rule) {
        var limits = new ArrayList<String>();
        add(limits, "upperRatio", rule.upperRatio());
        add(limits, "upperDifference", rule.upperDifference());
        add(limits, "lowerRatio", rule.lowerRatio());
        add(limits, "lowerDifference", rule.lowerDifference());
        return String.join(", ", limits);
    }

    private static void add(List<String> limits, String name, Double limit) {
        if (limit != null) {
            limits.add(name + " " + Numbers.plain(limit));
        }
    }

    private static Rule.Relative rule(Query query) {
        return (Rule.Relative) query.rule();
    }
}
