package dev.sluice.gate.judge;

import dev.sluice.gate.core.Answer;
import dev.sluice.gate.core.Check;
import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.LabelPatterns;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Samples;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.cel.MetricExpression;
import dev.sluice.schemas.rollout.cel.MetricExpression.Result;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** {@code cel}: a condition over both sides; fails when true. Judged when the window is over. */
@Singleton
public class ConditionCheck implements Check {
    @Override
    public String word() {
        return "cel";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Condition;
    }

    @Override
    public Compiled compile(Query query, LabelPatterns patterns) {
        var text = ((Question.Condition) query.asks()).expression();
        return new Asked(query, text, MetricExpression.condition(text));
    }

    private record Asked(Query query, String text, MetricExpression expression) implements Compiled {
        @Override
        public List<Selector> selectors() {
            return Expressions.selectors(expression);
        }

        @Override
        public boolean hasSamples(View canary) {
            return expression.calls().stream()
                    .filter(call -> call.side().equals(Side.CANARY.word()))
                    .anyMatch(call -> Expressions.measure(call, canary).samples() > 0);
        }

        @Override
        public Answer answer(Evidence evidence) {
            if (!evidence.window().over()) {
                return Answer.of(Outcome.INCONCLUSIVE, query.name() + ": its run is not over");
            }
            var numbers = new double[expression.calls().size()];
            var said = new ArrayList<String>();
            long canary = 0;
            long stable = 0;
            for (int i = 0; i < numbers.length; i++) {
                var call = expression.calls().get(i);
                var isCanary = call.side().equals(Side.CANARY.word());
                switch (Expressions.measure(call, evidence.of(isCanary ? Side.CANARY : Side.STABLE))) {
                    case Measured.Missing missing -> {
                        return Answer.of(Outcome.INCONCLUSIVE, query.name() + ": " + missing.reason());
                    }
                    case Measured.Found found -> {
                        numbers[i] = found.value();
                        canary = isCanary ? Math.max(canary, found.samples()) : canary;
                        stable = isCanary ? stable : Math.max(stable, found.samples());
                        said.add(call.side() + "." + call.asks().word() + " " + Numbers.rounded(found.value()));
                    }
                }
            }
            return answer(numbers, said, new Samples(canary, stable));
        }

        private Answer answer(double[] numbers, List<String> said, Samples samples) {
            if (samples.canary() < query.minimumSamples()) {
                return answer(
                        Outcome.INCONCLUSIVE,
                        samples,
                        query.name() + ": " + samples.canary() + " of at least " + query.minimumSamples() + " samples");
            }
            return switch (expression.evaluate(numbers)) {
                case Result.Truth(var isTrue) ->
                    answer(
                            isTrue ? Outcome.FAIL : Outcome.PASS,
                            samples,
                            text + " is " + isTrue + ": " + String.join(", ", said));
                case Result.Undefined(var reason) ->
                    answer(
                            Outcome.INCONCLUSIVE,
                            samples,
                            query.name() + ": " + reason + ": " + String.join(", ", said));
                case Result.Amount amount ->
                    answer(Outcome.ERROR, samples, query.name() + ": a number is neither true nor false");
            };
        }

        private static Answer answer(Outcome outcome, Samples samples, String words) {
            return new Answer(outcome, samples, null, words);
        }
    }
}
