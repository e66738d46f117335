package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code count}: how many events. It can only grow until the window is over. */
@Singleton
public class CountMeasure implements Measure {
    @Override
    public String word() {
        return "count";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Count;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(asked(query));
    }

    @Override
    public Measured measure(Query query, View view) {
        var total = view.total(asked(query));
        return total == null
                ? Missing.series(view, asked(query))
                : Missing.unlessFinite(
                        total.events(),
                        Measured.wholeSamples(total.events()),
                        !view.window().over());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return asked(query).metric() + " " + withUnit(found.value());
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }

    private static Selector asked(Query query) {
        return ((Question.Count) query.asks()).of();
    }
}
