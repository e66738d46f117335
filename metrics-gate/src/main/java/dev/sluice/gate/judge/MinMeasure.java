package dev.sluice.gate.judge;

import dev.sluice.gate.core.Aggregate;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;

/** {@code min}: the smallest single value. */
@Singleton
public class MinMeasure extends SingleValues<Question.Min> {
    public MinMeasure() {
        super("min", Question.Min.class);
    }

    @Override
    Selector of(Question.Min asked) {
        return asked.of();
    }

    @Override
    double number(Aggregate total) {
        return total.min();
    }

    @Override
    boolean onlyGrows() {
        return false;
    }
}
