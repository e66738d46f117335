package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code queryTemplate} and {@code use}: a number that a metric provider is asked for; in no events of ours. */
@Singleton
public class PullMeasure implements Measure {
    @Override
    public String word() {
        return "queryTemplate";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Pull;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of();
    }

    @Override
    public Measured measure(Query query, View view) {
        return new Measured.Missing("a provider's number is in no events", 0);
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        var asked = (Question.Pull) query.asks();
        return (asked.builtin() == null ? query.name() : asked.builtin()) + " of " + asked.provider() + " is "
                + withUnit(found.value())
                + (found.samples() > 0 ? " over " + Numbers.counted(found.samples()) + " samples" : "");
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }
}
