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
        var grouped = queries.stream()
                .filter(query ->
                        score.groupWeights().isEmpty() || !group(query.query()).equals(ONLY_GROUP))
                .toList();
        var metrics = grouped.stream().map(KayentaScoring::metric).toList();
        var scored = CanaryScore.of(metrics, score.groupWeights(), score.pass(), score.marginal());
        // what belongs to no group has no weight, and decides for itself
        var worst = queries.stream()
                .filter(query -> !grouped.contains(query))
                .map(Scored::outcome)
                .max(Outcome::compareTo)
                .orElse(Outcome.PASS);
        var outcome = outcome(scored);
        var needed = grouped.stream().anyMatch(KayentaScoring::lacksWhatItMustHave);
        // nothing known is no failure (B10)
        var together = outcome == Outcome.PASS && needed ? Outcome.INCONCLUSIVE : outcome;
        return worst.compareTo(together) > 0 ? worst : together;
    }

    private static Outcome outcome(CanaryScore scored) {
        return switch (scored.grade()) {
            case PASS -> Outcome.PASS;
            case MARGINAL -> Outcome.INCONCLUSIVE;
            case FAIL -> scored.reason() == CanaryScore.Reason.TOO_LITTLE_DATA ? Outcome.INCONCLUSIVE : Outcome.FAIL;
        };
    }

    private static Metric metric(Scored scored) {
        var label = switch (scored.outcome()) {
            case PASS -> Label.PASS;
            case FAIL -> Label.HIGH;
            case INCONCLUSIVE, ERROR -> Label.NODATA;
        };
        var isCritical = label == Label.HIGH && scored.isCritical();
        return new Metric(new Classified(label, isCritical, 1, Double.NaN, null), List.of(group(scored.query())));
    }

    private static boolean lacksWhatItMustHave(Scored scored) {
        return scored.outcome() == Outcome.INCONCLUSIVE
                && scored.query().rule() instanceof Rule.MannWhitney rule
                && (rule.critical() || rule.mustHaveData());
    }

    private static String group(Query query) {
        return query.rule() instanceof Rule.MannWhitney rule && rule.group() != null ? rule.group() : ONLY_GROUP;
    }
}
