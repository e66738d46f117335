package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Grid;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.Window;
import dev.sluice.gate.statistics.Classified;
import dev.sluice.gate.statistics.MetricClassifier;
import dev.sluice.gate.statistics.MetricRules;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Rule.Baseline;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * {@code mann-whitney}: Kayenta's judge, over the query's values of equal stretches of time. A stretch without a value counts as
 * one that is no number.
 */
@Singleton
public class MannWhitneyJudge implements Judge {
    private static final double OUTLIERS = 3;

    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.MannWhitney;
    }

    @Override
    public Reach reach(Query query) {
        return Baselines.reach(rule(query).baseline()).in(Grid.every(rule(query).step()));
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var rule = rule(query);
        var stretches = evidence.cells();
        var before = rule.baseline() == Baseline.PREVIOUS ? evidence.cellsBefore() : stretches;
        var ofCanary = values(query, measure, evidence, Side.CANARY, stretches);
        var ofBaseline = values(query, measure, evidence, Side.STABLE, before);
        if (ofCanary.length == 0 || ofBaseline.length == 0) {
            return new Finding(
                    Outcome.INCONCLUSIVE,
                    limit(rule),
                    query.name() + ": no stretch of " + Numbers.length(rule.step()) + " is over yet");
        }
        var found = MetricClassifier.classify(ofCanary, ofBaseline, rules(rule));
        return new Finding(
                outcome(found),
                limit(rule),
                found.shift() == null
                        ? null
                        : new Verdict.Interval(
                                found.shift().lower(), found.shift().upper()),
                null,
                words(query, measure, canary, found, ofCanary.length, ofBaseline.length),
                null,
                found.isCritical());
    }

    private static double[] values(Query query, Measure measure, Evidence evidence, Side side, List<Window> stretches) {
        return stretches.stream()
                .mapToDouble(stretch ->
                        measure.measure(query, evidence.of(side, stretch)) instanceof Measured.Found found
                                        && !found.atLeast()
                                ? found.value()
                                : Double.NaN)
                .toArray();
    }

    private static Outcome outcome(Classified found) {
        return switch (found.label()) {
            case PASS -> Outcome.PASS;
            case HIGH, LOW, NODATA_FAIL_METRIC -> Outcome.FAIL;
            case NODATA, ERROR -> Outcome.INCONCLUSIVE;
        };
    }

    private static String words(
            Query query, Measure measure, Measured.Found canary, Classified found, int ofCanary, int ofBaseline) {
        var rule = rule(query);
        var what = measure.describe(query, canary) + ", " + ofCanary + " stretches of "
                + Numbers.length(rule.step())
                + " against " + ofBaseline + " " + Baselines.word(rule.baseline());
        if (found.shift() == null) {
            return switch (found.label()) {
                case PASS -> what + ": the same";
                case NODATA, NODATA_FAIL_METRIC -> query.name() + ": no data in " + what;
                case HIGH, LOW, ERROR -> query.name() + ": nothing can be told of " + what;
            };
        }
        var shift = found.shift();
        return what + ": "
                + switch (found.label()) {
                    case HIGH -> "higher";
                    case LOW -> "lower";
                    case PASS, NODATA, NODATA_FAIL_METRIC, ERROR -> "no difference";
                }
                + ", shifted by " + measure.withUnit(shift.estimate()) + " (" + measure.withUnit(shift.lower()) + " to "
                + measure.withUnit(shift.upper()) + "), tolerance "
                + measure.withUnit(rule.tolerance() * Math.abs(shift.estimate()));
    }

    private static String limit(Rule.MannWhitney rule) {
        return "confidence " + Numbers.plain(rule.confidence()) + ", tolerance " + Numbers.plain(rule.tolerance());
    }

    private static MetricRules rules(Rule.MannWhitney rule) {
        return new MetricRules(
                rule.confidence(),
                rule.tolerance(),
                switch (rule.direction()) {
                    case INCREASE -> MetricRules.Direction.INCREASE;
                    case DECREASE -> MetricRules.Direction.DECREASE;
                    case EITHER -> MetricRules.Direction.EITHER;
                },
                switch (rule.nan()) {
                    case REMOVE -> MetricRules.Nan.REMOVE;
                    case REPLACE -> MetricRules.Nan.REPLACE;
                },
                rule.removeOutliers() ? OUTLIERS : Double.POSITIVE_INFINITY,
                effect(rule.effect()),
                rule.critical(),
                rule.mustHaveData());
    }

    private static MetricRules.EffectSize effect(Rule.EffectSize effect) {
        var unsaid = switch (effect.measure()) {
            case MEAN_RATIO -> MetricRules.EffectSize.MEAN_RATIO;
            case CLES -> MetricRules.EffectSize.CLES;
        };
        return new MetricRules.EffectSize(
                unsaid.measure(),
                or(effect.allowedIncrease(), unsaid.allowedIncrease()),
                or(effect.allowedDecrease(), unsaid.allowedDecrease()),
                or(effect.criticalIncrease(), unsaid.criticalIncrease()),
                or(effect.criticalDecrease(), unsaid.criticalDecrease()));
    }

    private static double or(Double said, double unsaid) {
        return said == null ? unsaid : said;
    }

    private static Rule.MannWhitney rule(Query query) {
        return (Rule.MannWhitney) query.rule();
    }
}
