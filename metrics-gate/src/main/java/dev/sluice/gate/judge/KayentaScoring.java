package dev.sluice.gate.judge;

import dev.sluice.gate.core.Scoring;
import dev.sluice.gate.statistics.CanaryScore;
import dev.sluice.gate.statistics.CanaryScore.Metric;
import dev.sluice.gate.statistics.Classified;
import dev.sluice.gate.statistics.Classified.Label;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Score;
import jakarta.inject.Singleton;
import java.util.List;

/** By Kayenta's rules: see {@link CanaryScore}. A marginal score is Inconclusive, for a person to decide. */
@Singleton
public class KayentaScoring implements Scoring {
    /** Where the file names no group, all queries are one. */
    private static final String ONLY_GROUP = "";

    @Override
    public Outcome outcome(Score score, List<Scored> queries) {
        var metrics = queries.stream().map(KayentaScoring::metric).toList();
        var scored = CanaryScore.of(metrics, score.groupWeights(), score.pass(), score.marginal());
        return switch (scored.grade()) {
            case PASS -> Outcome.PASS;
            case MARGINAL -> Outcome.INCONCLUSIVE;
            // nothing known is no failure (B10)
            case FAIL -> scored.reason() == CanaryScore.Reason.TOO_LITTLE_DATA ? Outcome.INCONCLUSIVE : Outcome.FAIL;
        };
    }

    private static Metric metric(Scored scored) {
        var rule = scored.query().rule() instanceof Rule.MannWhitney those ? those : null;
        var label = switch (scored.outcome()) {
            case PASS -> Label.PASS;
            case FAIL -> Label.HIGH;
            case INCONCLUSIVE -> rule != null && rule.mustHaveData() ? Label.NODATA_FAIL_METRIC : Label.NODATA;
            case ERROR -> Label.ERROR;
        };
        var isCritical = scored.isCritical() || (label != Label.PASS && label != Label.HIGH && isCritical(rule));
        return new Metric(new Classified(label, isCritical, 1, Double.NaN, null), List.of(group(scored.query())));
    }

    private static boolean isCritical(Rule.MannWhitney rule) {
        return rule != null && rule.critical();
    }

    private static String group(Query query) {
        return query.rule() instanceof Rule.MannWhitney rule && rule.group() != null ? rule.group() : ONLY_GROUP;
    }
}
