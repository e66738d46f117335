package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
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
        return query.asks() instanceof Question.Mean;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(asked(query));
    }

    @Override
    public Measured measure(Query query, View view) {
        var total = view.total(asked(query));
        if (total == null) {
            return Missing.series(view, asked(query));
        }
        return total.values() == 0
                ? Missing.values(asked(query), word(), total.events())
                : Missing.unlessFinite(total.mean(), total.values(), false);
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return "mean of " + asked(query).metric() + " " + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }

    private static Selector asked(Query query) {
        return ((Question.Mean) query.asks()).of();
    }
}
