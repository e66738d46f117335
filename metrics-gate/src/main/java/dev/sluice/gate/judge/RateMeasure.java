package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * {@code rate}: events per second over all of the window that is looked at. While the window fills, what is there is divided by its whole
 * length all the same: a rate that is above its limit by then stays above it, and one burst is not taken for a rate.
 */
@Singleton
public class RateMeasure implements Measure {
    @Override
    public String word() {
        return "rate";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Rate;
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
        var seconds = view.looked().toMillis() / 1000.0;
        return Missing.unlessFinite(
                total.events() / seconds,
                Measured.wholeSamples(total.events()),
                !view.window().over());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return asked(query).metric() + " " + withUnit(found.value()) + " (" + Numbers.counted(found.samples())
                + " in the window)";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value) + "/s";
    }

    private static Selector asked(Query query) {
        return ((Question.Rate) query.asks()).of();
    }
}
