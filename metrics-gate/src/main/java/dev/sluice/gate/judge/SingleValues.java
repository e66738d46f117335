package dev.sluice.gate.judge;

import dev.sluice.gate.core.Aggregate;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.util.List;

/** What the measures of single values have in common: one number of all of them. */
abstract class SingleValues<Q extends Question> implements Measure {
    private final String word;
    private final Class<Q> question;

    SingleValues(String word, Class<Q> question) {
        this.word = word;
        this.question = question;
    }

    abstract Selector of(Q asked);

    /** Of values that there are; there is at least one. */
    abstract double number(Aggregate total);

    /** Whether more events can only raise it. */
    abstract boolean onlyGrows();

    @Override
    public String word() {
        return word;
    }

    @Override
    public boolean isAskedBy(Query query) {
        return question.isInstance(query.asks());
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(selector(query));
    }

    private Selector selector(Query query) {
        return of(question.cast(query.asks()));
    }

    @Override
    public Measured measure(Query query, View view) {
        var selector = selector(query);
        var total = view.total(selector);
        if (total == null) {
            return Missing.series(view, selector);
        }
        return total.values() == 0
                ? Missing.values(selector, word, total.events())
                : Missing.unlessFinite(
                        number(total),
                        total.values(),
                        onlyGrows() && !view.window().over());
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return word + " of " + selector(query).metric() + " " + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }
}
