package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AskedTextTest {
    private static final Selector SLOW =
            new Selector("duration", Map.of("path", "!~/health.*", "method", "=GET", "code", "2.."));

    static Stream<Arguments> questions() {
        return Stream.of(
                Arguments.of(
                        new Question.Quantile(SLOW, 0.99),
                        "quantile(0.99, duration{code=~\"2..\", method=\"GET\", path!~\"/health.*\"}) of 1.4.3 beside"
                                + " 1.4.2"),
                Arguments.of(
                        new Question.Over(Selector.of("duration"), 500), "over(500.0, duration) of 1.4.3 beside 1.4.2"),
                Arguments.of(
                        new Question.Condition("canary.mean('depth') > 10"),
                        "canary.mean('depth') > 10 of 1.4.3 beside 1.4.2"),
                Arguments.of(
                        new Question.Alert("Burns", Map.of("team", "shop")),
                        "alert Burns{team=~\"shop\"} of 1.4.3 beside 1.4.2"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void saysWhatIsAskedOfWhich(Question asks, String text) {
        assertThat(AskedText.of(asks, new Variants("1.4.2", "1.4.3"))).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void namesNoRevisionThatNobodyKnows(Question asks, String text) {
        assertThat(AskedText.of(asks, new Variants(null, null))).isEqualTo(text.replace(" of 1.4.3 beside 1.4.2", ""));
    }
}
