package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.Decision.AnswerNeeded;
import dev.sluice.gate.core.GateEvent.Answered;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries that a metric provider is asked for: when it is asked, and what follows from its answers. */
class PulledTest {
    private static final Shop SHOP = Shop.named("shop/checkout");
    private static final Query ERRORS =
            new Query("errors", new Question.Pull("main", "up", null), new Rule.Limits(2.0, null), Evaluation.INTERVAL);

    private final Bench bench = new Bench();
    private int answered;

    @BeforeEach
    void open() {
        bench.open(SHOP.set(
                1, SHOP.analysis("step-1", bench.now(), Bench.RUN, 2, Lookback.SLIDING, Duration.ZERO, ERRORS)));
    }

    private List<AnswerNeeded> asked() {
        return bench.decisions.stream()
                .filter(AnswerNeeded.class::isInstance)
                .map(AnswerNeeded.class::cast)
                .toList();
    }

    private void answer(int run, Pulled answer) {
        var needed = asked().getFirst();
        bench.tell(new Answered(0, needed.key(), needed.analysis(), run, "errors", answer));
    }

    @Test
    void isAskedOnceForEachRunWhenThatIsOver() {
        bench.pass(Duration.ofSeconds(10));
        assertThat(asked()).isEmpty();
        bench.pass(Bench.RUN_AND_GRACE);
        bench.pass(Bench.RUN);

        assertThat(asked()).extracting(AnswerNeeded::run).containsExactly(1, 2);
        assertThat(asked().getFirst().window())
                .isEqualTo(new Window(
                        Bench.START.toEpochMilli(), Bench.START.plus(Bench.RUN).toEpochMilli(), true));
        assertThat(bench.verdicts()).isEmpty();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(new Pulled.Found(1, -1), Outcome.PASS, "errors of main is 1, limit 2"),
                Arguments.of(new Pulled.Found(3, 40), Outcome.FAIL, "errors of main is 3 over 40 samples, limit 2"),
                Arguments.of(new Pulled.Found(0, 0), Outcome.INCONCLUSIVE, "errors: 0 of at least 1 samples"),
                Arguments.of(
                        new Pulled.Found(Double.NaN, 40),
                        Outcome.INCONCLUSIVE,
                        "errors: the provider's number is not finite: NaN"),
                Arguments.of(new Pulled.Nothing("no data"), Outcome.INCONCLUSIVE, "errors: no data"),
                Arguments.of(new Pulled.Failed("503"), Outcome.ERROR, "errors: 503"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    @DisplayName("B11: a source that fails is an error, never a failed canary, never a pass")
    void judgesWhatItIsTold(Pulled answer, Outcome outcome, String words) {
        // given
        bench.pass(Bench.RUN_AND_GRACE);

        // when
        answer(1, answer);

        // then
        assertThat(bench.outcomes()).containsExactly(outcome);
        assertThat(bench.words()).isEqualTo(words);
    }

    @Test
    void tellsHowTheProviderWasAskedAndCutsWhatIsLong() {
        // given
        bench.pass(Bench.RUN_AND_GRACE);
        var needed = asked().getFirst();
        var put = "sum(rate(x{pod=\"a\"}[60s]))" + "+0".repeat(1000);

        // when
        bench.tell(new Answered(0, needed.key(), needed.analysis(), 1, "errors", new Pulled.Found(3, -1), put));

        // then
        var told = bench.verdicts().getFirst().queries().getFirst().asked();
        assertThat(told)
                .startsWith("sum(rate(x{pod=\"a\"}[60s]))")
                .endsWith("…")
                .hasSizeLessThan(1024);
    }

    @Test
    void aPassWaitsForTheEventsAsWell() {
        // given
        var upTo = bench.passWithoutCompleteness(Bench.RUN_AND_GRACE).getFirst();

        // when
        answer(1, new Pulled.Found(1, -1));
        assertThat(bench.verdicts()).isEmpty();
        bench.tell(new Complete(0, upTo));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    void aFailLeavesAtOnce() {
        // given
        bench.passWithoutCompleteness(Bench.RUN_AND_GRACE);

        // when
        answer(1, new Pulled.Found(3, -1));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
    }

    @Test
    void anExtendedRunIsAskedAboutAgainAndEndsAsSoonAsItCanBeJudged() {
        // given
        bench.open(SHOP.set(
                2,
                SHOP.analysis("step-1", bench.now(), Bench.RUN, 1, Lookback.SLIDING, Duration.ofMinutes(5), ERRORS)));
        bench.pass(Bench.RUN_AND_GRACE);

        // when
        answer(1, new Pulled.Nothing("no data"));
        assertThat(asked()).hasSize(1);
        bench.pass(Duration.ofSeconds(6));
        answer(1, new Pulled.Nothing("no data"));
        bench.pass(Duration.ofSeconds(6));
        assertThat(bench.verdicts()).isEmpty();
        answer(1, new Pulled.Found(1, -1));

        // then
        assertThat(asked())
                .extracting(needed -> needed.window().length().toSeconds())
                .containsExactly(30L, 35L, 40L);
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    void anExtendedRunIsAskedAboutLessOftenTheLongerItTakesAndNoLongerThanItMayWait() {
        // given
        bench.open(SHOP.set(
                2, SHOP.analysis("step-1", bench.now(), Bench.RUN, 1, Lookback.SLIDING, Duration.ofHours(1), ERRORS)));

        // when
        while (bench.verdicts().isEmpty()) {
            bench.pass(Duration.ofSeconds(1));
            if (asked().size() > answered) {
                answered++;
                answer(1, new Pulled.Nothing("no data"));
            }
        }

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(asked()).hasSizeBetween(40, 70);
        assertThat(asked().getLast().window().length()).isEqualTo(Bench.RUN.plusHours(1));
    }

    @Test
    void anAnswerTwiceOrToNoQuestionChangesNothing() {
        // given
        bench.pass(Bench.RUN_AND_GRACE);

        // when
        answer(1, new Pulled.Found(1, -1));
        answer(1, new Pulled.Found(3, -1));
        answer(7, new Pulled.Found(3, -1));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }
}
