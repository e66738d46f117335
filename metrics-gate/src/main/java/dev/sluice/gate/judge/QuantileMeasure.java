package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code quantile}: of histograms, by interpolation inside a bucket, and of single values, within 1 %. */
@Singleton
public class QuantileMeasure implements Measure {
    @Override
    public String word() {
        return "quantile";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Quantile;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(asked(query).of());
    }

    @Override
    public Measured measure(Query query, View view) {
        var selector = asked(query).of();
        var total = view.total(selector);
        if (total == null) {
            return Missing.series(view, selector);
        }
        var distribution = total.distribution();
        var samples = distribution.total();
        if (!(samples > 0)) {
            return new Measured.Missing(
                    () -> selector.metric() + " has counts only; quantile needs events with `histogram` or `value`", 0);
        }
        var quantile = distribution.quantile(asked(query).q());
        return Missing.unlessFinite(quantile.value(), Measured.wholeSamples(samples), quantile.atLeast());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return "p" + Numbers.percentile(asked(query).q()) + " of "
                + asked(query).of().metric()
                + (found.atLeast() ? " at least " : " ") + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }

    private static Question.Quantile asked(Query query) {
        return (Question.Quantile) query.asks();
    }
}
