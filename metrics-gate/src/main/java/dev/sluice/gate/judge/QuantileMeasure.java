package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Selector;
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
        return query.quantile() != null;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(query.quantile().selector());
    }

    @Override
    public Measured measure(Query query, Evidence evidence) {
        var selector = query.quantile().selector();
        var total = evidence.total(selector);
        if (total == null) {
            return Missing.series(evidence, selector);
        }
        var distribution = total.distribution();
        var samples = distribution.total();
        if (!(samples > 0)) {
            return new Measured.Missing(
                    () -> selector.metric() + " has counts only; quantile needs events with `histogram` or `value`", 0);
        }
        var quantile = distribution.quantile(query.quantile().q());
        return Missing.unlessFinite(quantile.value(), Measured.wholeSamples(samples), quantile.atLeast());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return "p" + Numbers.percentile(query.quantile().q()) + " of "
                + query.quantile().metric()
                + (found.atLeast() ? " at least " : " ") + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }
}
