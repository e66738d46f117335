package dev.sluice.schemas.rollout.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.wire.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a webhook's answer a failure. */
class AnswerExpressionTest {
    private static final String JSON =
            "{\"state\": \"failed\", \"count\": 3, \"share\": 0.5, \"none\": null, \"list\": [{\"a\": 1}, null]}";

    private static Optional<String> failure(String expression, int status, String text) throws JsonProcessingException {
        var body = text.startsWith("{") ? Json.mapper().readValue(text, Object.class) : null;
        return AnswerExpression.of(expression).failure(status, Map.of("x-tests", "red"), text, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status == 503",
                "status >= 500 || body.state == 'passed'",
                "body.state == \"failed\"",
                "body.count > 2 && body.share < 1",
                "body.none == null",
                "body.list[0].a == 1 && size(body.list) == 2",
                "has(body.state) && !has(body.other)",
                "headers['x-tests'] == 'red'",
                "text.contains('failed')",
                "text.matches('.*fa[a-z]+ed.*')"
            })
    void isAFailureWhereItIsTrue(String expression) throws JsonProcessingException {
        assertThat(failure(expression, 503, JSON)).contains("errorExpression is true of the answer: " + expression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status == 500", "body.state == 'passed'", "false"})
    void isNoneWhereItIsFalse(String expression) throws JsonProcessingException {
        assertThat(failure(expression, 503, JSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"body.other == 1,{}", "body.state == 'failed',no JSON", "headers['x-other'] == 'red',{}"})
    void whatCantBeWorkedOutIsAFailureToo(String expression, String text) throws JsonProcessingException {
        assertThat(failure(expression, 200, text).orElseThrow()).startsWith("errorExpression can't be worked out");
    }

    @Test
    void anAnswerWithoutJsonHasNoBody() throws JsonProcessingException {
        assertThat(failure("body == null", 200, "no JSON")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "state == 5", "status ==", "body.list.exists(each, each == 1)", "1 + 1"})
    void whatIsNoConditionOverAnAnswerIsRefused(String expression) {
        assertThatThrownBy(() -> AnswerExpression.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongExpressionIsRefused() {
        assertThatThrownBy(() -> AnswerExpression.of("status == 1" + " || status == 1".repeat(1000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
