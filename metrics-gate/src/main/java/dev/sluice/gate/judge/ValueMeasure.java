package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.cel.MetricExpression;
import dev.sluice.schemas.rollout.cel.MetricExpression.Result;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code value}: a number worked out of others, of one side. It rests on as many samples as the best known of them. */
@Singleton
public class ValueMeasure implements Measure {
    private final Compiled<MetricExpression> compiled = new Compiled<>(MetricExpression::number);

    @Override
    public String word() {
        return "value";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Value;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return Expressions.selectors(expression(query));
    }

    @Override
    public Measured measure(Query query, View view) {
        var expression = expression(query);
        var numbers = new double[expression.calls().size()];
        long samples = 0;
        for (int i = 0; i < numbers.length; i++) {
            switch (Expressions.measure(expression.calls().get(i), view)) {
                case Measured.Missing missing -> {
                    return missing;
                }
                case Measured.Found found -> {
                    numbers[i] = found.value();
                    samples = Math.max(samples, found.samples());
                }
            }
        }
        return switch (expression.evaluate(numbers)) {
            case Result.Amount(var value) -> Missing.unlessFinite(value, samples, false);
            case Result.Undefined(var reason) -> new Measured.Missing(reason, samples);
            case Result.Truth truth -> new Measured.Missing("true or false is no number", samples);
        };
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return ((Question.Value) query.asks()).expression() + " = " + withUnit(found.value()) + " over "
                + Numbers.counted(found.samples()) + " samples";
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value);
    }

    private MetricExpression expression(Query query) {
        return compiled.of(((Question.Value) query.asks()).expression());
    }
}
