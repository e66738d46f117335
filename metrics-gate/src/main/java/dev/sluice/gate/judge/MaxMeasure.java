package dev.sluice.gate.judge;

import dev.sluice.gate.core.Aggregate;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;

/** {@code max}: the largest single value. It can only grow until the window is over. */
@Singleton
public class MaxMeasure extends SingleValues<Question.Max> {
    public MaxMeasure() {
        super("max", Question.Max.class);
    }

    @Override
    Selector of(Question.Max asked) {
        return asked.of();
    }

    @Override
    double number(Aggregate total) {
        return total.max();
    }

    @Override
    boolean onlyGrows() {
        return true;
    }
}
