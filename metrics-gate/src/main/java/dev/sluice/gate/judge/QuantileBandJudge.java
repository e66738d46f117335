package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.View;
import dev.sluice.gate.statistics.Histogram;
import dev.sluice.gate.statistics.QuantileBand;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * {@code sequential}, of a quantile: fails where the canary's is certainly higher than the stable side's, by bands that hold at all
 * times at once. Where senders' histograms have no bound in common, nothing is certain.
 */
@Singleton
public class QuantileBandJudge implements Judge {
    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.Sequential && query.asks() instanceof Question.Quantile;
    }

    @Override
    public Outcome outcome(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var ofCanary = band(query, evidence.of(Side.CANARY));
        var ofStable = band(query, evidence.of(Side.STABLE));
        if (ofCanary.isEmpty() || ofStable.isEmpty()) {
            return Outcome.INCONCLUSIVE;
        }
        return ofCanary.get().isAbove(ofStable.get(), rule(query).tolerance()) ? Outcome.FAIL : Outcome.PASS;
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var ofCanary = band(query, evidence.of(Side.CANARY));
        var ofStable = band(query, evidence.of(Side.STABLE));
        if (ofStable.isEmpty()) {
            return inconclusive(query, "nothing to compare with on the stable side, or nothing that can be added up");
        }
        if (ofCanary.isEmpty()) {
            return inconclusive(query, "the canary's histograms have no bound in common");
        }
        var words = measure.describe(query, canary) + ", certainly " + words(ofCanary.get()) + "; stable "
                + words(ofStable.get());
        return new Finding(
                outcome(query, measure, canary, evidence),
                "falseAborts " + Numbers.plain(rule(query).falseAborts()),
                new Verdict.Interval(
                        finite(ofCanary.get().lower()), finite(ofCanary.get().upper())),
                null,
                words);
    }

    private static Finding inconclusive(Query query, String reason) {
        return new Finding(Outcome.INCONCLUSIVE, null, query.name() + ": " + reason);
    }

    private static String words(QuantileBand band) {
        var low = finite(band.lower());
        var high = finite(band.upper());
        if (low == null) {
            return high == null ? "anything so far" : "at most " + Numbers.rounded(high);
        }
        return high == null
                ? "above " + Numbers.rounded(low)
                : "between " + Numbers.rounded(low) + " and " + Numbers.rounded(high);
    }

    private static Double finite(double bound) {
        return Double.isFinite(bound) ? bound : null;
    }

    private static Optional<QuantileBand> band(Query query, View view) {
        var asked = (Question.Quantile) query.asks();
        var total = view.total(asked.of());
        return total == null
                ? Optional.empty()
                : total.distribution()
                        .counted()
                        .map(counted -> QuantileBand.of(
                                new Histogram(counted.bounds(), counted.counts()),
                                asked.q(),
                                rule(query).falseAborts() / 2));
    }

    private static Rule.Sequential rule(Query query) {
        return (Rule.Sequential) query.rule();
    }
}
