package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code max}: the largest single value. It can only grow until the window is over. */
@Singleton
public class MaxMeasure implements Measure {
    @Override
    public String word() {
        return "max";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.max() != null;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(query.max());
    }

    @Override
    public Measured measure(Query query, Evidence evidence) {
        var total = evidence.total(query.max());
        if (total == null) {
            return Missing.series(evidence, query.max());
        }
        return total.values() == 0
                ? Missing.values(query.max(), word(), total.events())
                : Missing.unlessFinite(
                        total.max(), total.values(), !evidence.window().over());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return "max of " + query.max().metric() + " " + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }
}
