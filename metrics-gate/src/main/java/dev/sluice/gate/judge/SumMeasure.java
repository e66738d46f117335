package dev.sluice.gate.judge;

import dev.sluice.gate.core.Aggregate;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;

/** {@code sum}: of single values. */
@Singleton
public class SumMeasure extends SingleValues<Question.Sum> {
    public SumMeasure() {
        super("sum", Question.Sum.class);
    }

    @Override
    Selector of(Question.Sum asked) {
        return asked.of();
    }

    @Override
    double number(Aggregate total) {
        return total.sum();
    }

    @Override
    boolean onlyGrows() {
        return false;
    }
}
