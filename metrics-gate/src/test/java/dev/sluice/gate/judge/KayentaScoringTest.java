package dev.sluice.gate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.core.Scoring.Scored;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Score;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KayentaScoringTest {
    private static final Score PLAIN = new Score(95, 75, Map.of());
    private static final Score GROUPED = new Score(95, 75, Map.of("a", 60.0, "b", 40.0));

    private final KayentaScoring scoring = new KayentaScoring();

    private static Scored of(Outcome outcome, String group, boolean critical) {
        var rule = new Rule.MannWhitney(
                Rule.Baseline.STABLE,
                Duration.ofMinutes(1),
                0.98,
                0.25,
                Rule.Direction.INCREASE,
                new Rule.EffectSize(Rule.Effect.MEAN_RATIO, null, null, null, null),
                Rule.Nan.REMOVE,
                false,
                false,
                critical,
                group);
        return new Scored(
                new Query("q", new Question.Mean(Selector.of("m")), rule, Evaluation.INTERVAL),
                outcome,
                critical && outcome == Outcome.FAIL);
    }

    private static Scored ungrouped(Outcome outcome) {
        return new Scored(
                new Query("q", new Question.Mean(Selector.of("m")), new Rule.Limits(1.0, null), Evaluation.INTERVAL),
                outcome,
                false);
    }

    @Test
    void whatPassedOfEachGroupIsWeighed() {
        assertThat(scoring.outcome(GROUPED, List.of(of(Outcome.PASS, "a", false), of(Outcome.PASS, "b", false))))
                .isEqualTo(Outcome.PASS);
        assertThat(scoring.outcome(GROUPED, List.of(of(Outcome.PASS, "a", false), of(Outcome.FAIL, "b", false))))
                .isEqualTo(Outcome.FAIL);
        assertThat(scoring.outcome(
                        new Score(95, 60, GROUPED.groupWeights()),
                        List.of(of(Outcome.PASS, "a", false), of(Outcome.FAIL, "b", false))))
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void whatBelongsToNoGroupDecidesForItself() {
        assertThat(scoring.outcome(
                        GROUPED,
                        List.of(of(Outcome.PASS, "a", false), of(Outcome.PASS, "b", false), ungrouped(Outcome.FAIL))))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @DisplayName("B10: nothing known is no failure, also of what is critical, and no pass")
    void nothingKnownIsNoFailure() {
        assertThat(scoring.outcome(
                        PLAIN,
                        List.of(
                                of(Outcome.INCONCLUSIVE, null, true),
                                ungrouped(Outcome.PASS),
                                ungrouped(Outcome.PASS))))
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(scoring.outcome(PLAIN, List.of(ungrouped(Outcome.INCONCLUSIVE), ungrouped(Outcome.PASS))))
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void whatIsCriticalFailsAlone() {
        var passed = List.of(ungrouped(Outcome.PASS), ungrouped(Outcome.PASS), ungrouped(Outcome.PASS));
        assertThat(scoring.outcome(
                        PLAIN,
                        java.util.stream.Stream.concat(
                                        passed.stream(), java.util.stream.Stream.of(of(Outcome.FAIL, null, true)))
                                .toList()))
                .isEqualTo(Outcome.FAIL);
    }
}
