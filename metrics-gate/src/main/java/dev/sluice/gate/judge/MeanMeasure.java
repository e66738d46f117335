package dev.sluice.gate.judge;

import dev.sluice.gate.core.Aggregate;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;

/** {@code mean}: of single values. */
@Singleton
public class MeanMeasure extends SingleValues<Question.Mean> {
    public MeanMeasure() {
        super("mean", Question.Mean.class);
    }

    @Override
    Selector of(Question.Mean asked) {
        return asked.of();
    }

    @Override
    double number(Aggregate total) {
        return total.mean();
    }

    @Override
    boolean onlyGrows() {
        return false;
    }
}
