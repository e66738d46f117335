package dev.sluice.schemas.rollout.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.cel.MetricExpression.Call;
import dev.sluice.schemas.rollout.cel.MetricExpression.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricExpressionTest {
    @Test
    void saysWhatHasToBeMeasuredEachOnce() {
        // when
        var expression = MetricExpression.condition(
                "canary.rate(\"m\", {\"code\": \"5..\"}) > 0.2 * stable.rate(\"m\") && canary.quantile(\"t\", 0.99) > 2"
                        + " || stable.rate(\"m\") > 100");

        // then
        assertThat(expression.calls())
                .containsExactly(
                        new Call("canary", new Question.Rate(new Selector("m", Map.of("code", "5..")))),
                        new Call("stable", new Question.Rate(Selector.of("m"))),
                        new Call("canary", new Question.Quantile(Selector.of("t"), 0.99)));
        assertThat(expression.evaluate(3, 10, 3)).isEqualTo(new Result.Truth(true));
        assertThat(expression.evaluate(1, 10, 3)).isEqualTo(new Result.Truth(false));
    }

    @Test
    void worksNumbersOut() {
        // given
        var expression = MetricExpression.number("rate(\"e\") / (rate(\"h\") + rate(\"m\"))");

        // then
        assertThat(expression.evaluate(1, 3, 5)).isEqualTo(new Result.Amount(0.125));
        assertThat(expression.evaluate(0, 0, 0)).isInstanceOf(Result.Undefined.class);
    }

    @Test
    void aComparisonWithWhatIsNoNumberSaysNothing() {
        // given
        var expression = MetricExpression.condition("canary.rate(\"a\") / canary.rate(\"b\") > 0.2");

        // then
        assertThat(expression.evaluate(0, 0)).isInstanceOf(Result.Undefined.class);
        assertThat(expression.evaluate(1, 0)).isInstanceOf(Result.Undefined.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "canary.rate('m')|expected type 'bool' but found 'double'",
                "canary.rate(\"m\") > 2 * stable.rate(\"m\")|write 2.0, not 2",
                "canary.rate(\"m\" + \"n\") > 1.0|all written out",
                "canary.quantile(\"m\") > 1.0|quantile(\"http_latency_ms\", {\"path\": \"/pay\"}, 0.99)",
                "true|measures nothing",
                "canary.rate(\"m\") >|column",
                "old.rate(\"m\") > 1.0|written like canary.rate",
                "[1.0, 2.0].all(x, canary.rate(\"m\") > x)|undeclared reference"
            })
    void whatCannotBeUnderstoodIsSaid(String text, String reason) {
        assertThatThrownBy(() -> MetricExpression.condition(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThatThrownBy(() -> MetricExpression.number("(".repeat(500) + "rate(\"m\")" + ")".repeat(500)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricExpression.number("rate(\"m\")" + " + 1.0".repeat(10_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
