package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static Scenario analyzing(Step analysis) {
        return new Scenario()
                .start("r", plan(weight(10), analysis, weight(100)))
                .applied()
                .applied();
    }

    @Test
    @DisplayName("B12: with the default limit 0 the first failure fails the analysis")
    void rollsBackAtTheFirstFailure() {
        // when
        var it = analyzing(analysis(5, 0, 0)).verdict("r/prod/step-2/1", 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.status().reason()).isEqualTo("analysis failed: 5xx 2 %");
    }

    @Test
    @DisplayName("B12: fails when failures exceed the limit, not when they reach it")
    void failsOnlyWhenFailuresExceedTheLimit() {
        // given
        var it = analyzing(analysis(5, 2, 0));
        it.verdict("r/prod/step-2/1", 1, Outcome.FAIL).verdict("r/prod/step-2/1", 2, Outcome.FAIL);
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);

        // when
        it.verdict("r/prod/step-2/1", 3, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B06: a repeated verdict is counted once, the first one stands")
    void keepsTheFirstVerdictOfARun() {
        // given
        var it = analyzing(analysis(5, 1, 0)).verdict("r/prod/step-2/1", 1, Outcome.FAIL);

        // when
        it.verdict("r/prod/step-2/1", 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.decided).noneMatch(Decision::stored);
    }

    @Test
    @DisplayName("runs that pass one like the other are one decision, counted, and told every few seconds")
    void foldsPassingRuns() {
        // given
        var it = analyzing(analysis(9, 0, 0)).verdict("r/prod/step-2/1", 1, Outcome.PASS);
        assertThat(it.decided).anyMatch(Decision::stored);
        var decisions = it.state.decisions();

        // when
        it.verdict("r/prod/step-2/1", 2, Outcome.PASS);

        // then
        assertThat(it.published).as("just told").isEmpty();
        assertThat(WakeUps.of(it.state)).as("counted").isNotEmpty();
        it.later(Duration.ofSeconds(5)).verdict("r/prod/step-2/1", 3, Outcome.PASS);
        assertThat(it.published)
                .singleElement()
                .isInstanceOfSatisfying(
                        Publication.Message.class,
                        message -> assertThat(message.topic()).isEqualTo(Topic.STATUS));
        assertThat(it.state.decisions()).isEqualTo(decisions);
        assertThat(it.status().analysis().run()).isEqualTo(3);
    }

    @Test
    @DisplayName("a run that comes to something else than the one before is a decision of its own, as is what ends it")
    void keepsWhatChanges() {
        // given
        var it = analyzing(analysis(4, 1, 0));
        it.verdict("r/prod/step-2/1", 1, Outcome.PASS).verdict("r/prod/step-2/1", 2, Outcome.FAIL);
        assertThat(it.decided).filteredOn(Decision::stored).isNotEmpty();

        // when
        it.verdict("r/prod/step-2/1", 3, Outcome.PASS);
        assertThat(it.decided).filteredOn(Decision::stored).isNotEmpty();
        it.verdict("r/prod/step-2/1", 4, Outcome.PASS);

        // then
        assertThat(it.decided)
                .filteredOn(Decision::stored)
                .extracting(Decision::name)
                .contains("AnalysisClosed")
                .doesNotContain("RunJudged");
        assertThat(it.ordered()).isEqualTo(Weight.percent(100));
    }

    @Test
    @DisplayName("B10: inconclusive beyond its limit pauses for a person, and is never a pass")
    void pausesWhenInconclusive() {
        // given
        var it = analyzing(analysis(1, 0, 0));

        // when
        it.verdict("r/prod/step-2/1", 1, Outcome.INCONCLUSIVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ANALYSIS_INCONCLUSIVE);
        assertThat(it.status().waitingFor().kind()).isEqualTo("person");
        it.say(CommandType.RESUME);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B10: or rolls back, where the file says so")
    void rollsBackWhenInconclusive() {
        // given
        var it = analyzing(new Step.Analysis(spec(1, 0, 0, OnInconclusive.ROLLBACK)));

        // when
        it.verdict("r/prod/step-2/1", 1, Outcome.INCONCLUSIVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B06: a gate that never answers makes its runs inconclusive")
    void countsAMissingVerdictAsInconclusive() {
        // given
        var it = analyzing(analysis(5, 0, 0));

        // when
        it.later(Duration.ofSeconds(30).plus(AnalysisRun.VERDICT_GRACE));

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reason()).contains("inconclusive");
    }

    @Test
    @DisplayName("B13: an analysis stopped before any measurement is inconclusive")
    void stopsWithoutMeasurementAsInconclusive() {
        // given
        var it = analyzing(analysis(5, 0, 0));

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.decided(Decision.AnalysisClosed.class).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void watchesTheStepsInTheBackground() {
        // given
        var watched =
                background(target("prod", List.of(), weight(10), approval()), spec(0, 0, 0, OnInconclusive.PAUSE));
        var it = new Scenario().start("r", plan(watched)).applied().applied();
        it.verdict("r/prod/background/1", 1, Outcome.PASS);
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        it.verdict("r/prod/background/1", 2, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }
}
