package dev.sluice.schemas.rollout.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.wire.Json;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerExpressionTest {
    private static final String BODY = """
            {"state": "failed", "code": 7, "rate": 0.5, "none": null, "big": 123456789012345678901,
             "checks": [{"ok": true}, {"ok": false}]}""";

    private static boolean isError(String expression) throws JsonProcessingException {
        return AnswerExpression.of(expression)
                .failure(200, Map.of("x-state", "red"), BODY, Json.mapper().readValue(BODY, Object.class))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status == 200",
                "json.state == 'failed'",
                "json.code > 6",
                "json.rate < 1",
                "json.none == null",
                "json.big > 1.0",
                "json.checks.exists(c, !c.ok)",
                "has(json.state) && !has(json.other)",
                "headers['x-state'] == 'red'",
                "body.contains('failed')",
                "body.matches('\"code\": [0-9]')"
            })
    void readsAllOfAnAnswer(String expression) throws JsonProcessingException {
        assertThat(isError(expression)).isTrue();
        assertThat(isError("!(" + expression + ")")).isFalse();
    }

    @Test
    void isAFailureWhereItCannotBeTold() {
        // when
        var failure = AnswerExpression.of("json.state != 'ok'").failure(200, Map.of(), "no JSON", null);

        // then
        assertThat(failure.orElseThrow()).contains("can't be worked out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "status ==",
                "weather == 'bad'",
                "1 + 1",
                "(body + body).size() > 9",
                "json.map(x, x).size() > 9"
            })
    void refusesWhatIsNoQuestionAboutAnAnswer(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerExpression.of(expression));
    }

    @Test
    void refusesWhatIsTooLong() {
        // given
        var expression = "body == '" + "a".repeat(AnswerExpression.LONGEST) + "'";

        // when / then
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerExpression.of(expression));
    }

    @Test
    void turnsItsLoopsNoMoreThanAThousandTimesAltogether() {
        // given
        var numbers = IntStream.range(0, 200).boxed().toList();
        var nested = AnswerExpression.of("json.all(a, json.all(b, json.all(c, a >= b || c >= 0)))");

        // when
        var failure = nested.failure(200, Map.of(), "", numbers);

        // then
        assertThat(failure.orElseThrow()).contains("can't be worked out").contains("1000");
    }
}
