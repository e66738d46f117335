package dev.sluice.gate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Measured.Found;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdJudgeTest {
    /** A threshold looks at nothing but the canary's value. */
    private static final Evidence NOTHING_ELSE = null;

    private final ThresholdJudge judge = new ThresholdJudge();

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "hi-IN", "ar-EG"})
    void saysTheSameInEveryLocale(String locale) {
        // given
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        try {
            // when
            var finding = judge.judge(
                    Shop.errorRate(Evaluation.INTERVAL, 1),
                    new RatioMeasure(),
                    new Found(0.021, 1240, false),
                    NOTHING_ELSE);

            // then
            assertThat(finding.words()).isEqualTo("5xx 2.1 % of 1,240 requests, limit 1 %");
            assertThat(finding.limit()).isEqualTo("upperLimit 0.01");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"9.99, FAIL", "10, PASS", "15, PASS", "20, PASS", "20.01, FAIL"})
    void limitsThemselvesPass(double value, Outcome expected) {
        assertThat(outcome(10.0, 20.0, value, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"9.99, INCONCLUSIVE", "15, INCONCLUSIVE", "20.01, FAIL"})
    void aLowerBoundOnlyFails(double value, Outcome expected) {
        assertThat(outcome(10.0, 20.0, value, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"9.6, 9", "9.9999999, 10", "10, 10", "0.3, 0"})
    void aSampleThatIsThereInPartIsNoneYet(double count, long samples) {
        assertThat(Measured.wholeSamples(count)).isEqualTo(samples);
    }

    @Test
    void aLowerBoundAboveTheOnlyLimitPasses() {
        assertThat(outcome(10.0, null, 15, true)).isEqualTo(Outcome.PASS);
        assertThat(outcome(10.0, null, 5, true)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void namesQuantilesAndLimitsPlainly() {
        // given
        var p999 = Shop.query(
                "latency",
                new Question.Quantile(Selector.of("http_latency_ms"), 0.999),
                250.0,
                null,
                1,
                Evaluation.INTERVAL);

        // then
        assertThat(judge.judge(p999, new QuantileMeasure(), new Found(1412.7, 1240, true), NOTHING_ELSE)
                        .words())
                .isEqualTo("p99.9 of http_latency_ms at least 1,413 over 1,240 samples, limit 250");
    }

    @ParameterizedTest
    @CsvSource({
        "5.., 500, true",
        "5.., 5000, false",
        "5.., 1500, false",
        "!~5.., 500, false",
        "!~5.., 200, true",
        "5..|429, 429, true",
        "5.., '', false",
        "!~5.., '', true"
    })
    void expressionsMatchTheWholeValue(String expression, String value, boolean matches) {
        assertThat(new Re2Patterns().compile(expression).test(value)).isEqualTo(matches);
    }

    @Test
    void ratiosAreNamedByTheirLabels() {
        // given
        var slow = new Question.Ratio(
                new Selector("http_requests", Map.of("speed", "slow|dead", "code", "!~2..")),
                new Selector("http_requests", Map.of()));
        Query query = Shop.query("slow", slow, 0.5, null, 1, Evaluation.INTERVAL);

        // then
        assertThat(new RatioMeasure().describe(query, new Found(0.25, 8, false)))
                .isEqualTo("code=!~2.. speed=slow|dead 25 % of 8 requests");
    }

    private Outcome outcome(Double lower, Double upper, double value, boolean atLeast) {
        var query =
                Shop.query("depth", new Question.Max(Selector.of("queue_depth")), upper, lower, 1, Evaluation.INTERVAL);
        return judge.judge(query, new MaxMeasure(), new Found(value, 40, atLeast), NOTHING_ELSE)
                .outcome();
    }
}
