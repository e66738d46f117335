package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Seen;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.cel.MetricExpression;
import java.util.List;

/** Measures what an expression calls for. */
final class Expressions {
    private static final List<Measure> MEASURES = List.of(
            new RateMeasure(),
            new CountMeasure(),
            new SumMeasure(),
            new MeanMeasure(),
            new MinMeasure(),
            new MaxMeasure(),
            new QuantileMeasure(),
            new OverMeasure());

    private Expressions() {}

    static List<Selector> selectors(MetricExpression expression) {
        return expression.calls().stream()
                .flatMap(call -> call.asks().selectors().stream())
                .distinct()
                .toList();
    }

    /**
     * A metric that this target has sent and of which this side has nothing counts as nothing where it is counted; anything else
     * that isn't there is missing. So is what only a lower bound is known of: nothing can be worked out of it.
     */
    static Measured measure(MetricExpression.Call call, View view) {
        var query = new Query("expression", call.asks(), new Rule.Itself(), Evaluation.INTERVAL);
        var measure = MEASURES.stream()
                .filter(known -> known.isAskedBy(query))
                .findFirst()
                .orElseThrow();
        var measured = measure.measure(query, view);
        return switch (measured) {
            case Measured.Found found
            when found.atLeast() ->
                new Measured.Missing(
                        () -> measure.word() + " of " + names(call) + " is known to be at least "
                                + measure.withUnit(found.value()) + " only",
                        found.samples());
            case Measured.Found found -> found;
            case Measured.Missing missing when isNothing(call, view, measure) -> new Measured.Found(0, 0, false);
            case Measured.Missing missing -> missing;
        };
    }

    private static boolean isNothing(MetricExpression.Call call, View view, Measure measure) {
        var selector = call.asks().selectors().getFirst();
        var isCounted = measure instanceof RateMeasure || measure instanceof CountMeasure;
        return isCounted
                && !view.hasGap(selector)
                && view.everSaw(selector.metric()) == Seen.YES
                && view.total(selector) == null;
    }

    private static String names(MetricExpression.Call call) {
        return call.asks().selectors().getFirst().metric();
    }
}
