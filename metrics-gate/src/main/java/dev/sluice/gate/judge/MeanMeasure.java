package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code mean}: of single values. */
@Singleton
public class MeanMeasure implements Measure {
    @Override
    public String word() {
        return "mean";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.mean() != null;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(query.mean());
    }

    @Override
    public Measured measure(Query query, Evidence evidence) {
        var total = evidence.total(query.mean());
        if (total == null) {
            return Missing.series(evidence, query.mean());
        }
        return total.values() == 0
                ? Missing.values(query.mean(), word(), total.events())
                : Missing.unlessFinite(total.mean(), total.values(), false);
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return "mean of " + query.mean().metric() + " " + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }
}
