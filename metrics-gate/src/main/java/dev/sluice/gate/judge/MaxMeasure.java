package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
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
        return query.asks() instanceof Question.Max;
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
                : Missing.unlessFinite(
                        total.max(), total.values(), !view.window().over());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return "max of " + asked(query).metric() + " " + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }

    private static Selector asked(Query query) {
        return ((Question.Max) query.asks()).of();
    }
}
