package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.NonInferiority;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Rule;
import jakarta.inject.Singleton;

/**
 * {@code non-inferior}: passes only when the canary is known to be worse by less than the margin; else nothing is known. It never
 * fails: what isn't shown to be as good isn't shown to be worse either.
 */
@Singleton
public class NonInferiorJudge implements Judge {
    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.NonInferior;
    }

    @Override
    public Reach reach(Query query) {
        return Baselines.reach(rule(query).baseline());
    }

    @Override
    public String obstacle(Query query, Measure measure) {
        return measure.isShare() ? null : "non-inferior takes a ratio or over, not " + measure.word();
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var rule = rule(query);
        if (canary.atLeast()
                || (measure.measure(query, Baselines.of(rule.baseline(), evidence)) instanceof Measured.Found beside
                        && beside.atLeast())) {
            return new Finding(
                    Outcome.INCONCLUSIVE,
                    null,
                    query.name() + ": histograms end below the bound: only a least is known");
        }
        var ofCanary = measure.share(query, evidence.of(Side.CANARY));
        var baseline = measure.share(query, Baselines.of(rule.baseline(), evidence));
        if (ofCanary == null || baseline == null) {
            return new Finding(
                    Outcome.INCONCLUSIVE,
                    null,
                    query.name() + ": nothing to compare with " + Baselines.word(rule.baseline()));
        }
        var difference = NonInferiority.ofShares(counts(ofCanary), counts(baseline), 1 - rule.confidence());
        var isKnown = difference.isBelow(rule.margin());
        var words = measure.describe(query, canary) + ", " + Baselines.word(rule.baseline()) + " "
                + measure.withUnit(baseline.part() / baseline.whole()) + ": worse by at most "
                + measure.withUnit(difference.upper()) + " with " + Numbers.percentile(rule.confidence())
                + " % confidence, margin " + measure.withUnit(rule.margin());
        return new Finding(
                isKnown ? Outcome.PASS : Outcome.INCONCLUSIVE,
                "margin " + Numbers.plain(rule.margin()),
                new Verdict.Interval(null, Double.isFinite(difference.upper()) ? difference.upper() : null),
                null,
                words);
    }

    private static Counts counts(Measure.Share share) {
        return new Counts(share.whole(), share.part());
    }

    private static Rule.NonInferior rule(Query query) {
        return (Rule.NonInferior) query.rule();
    }
}
