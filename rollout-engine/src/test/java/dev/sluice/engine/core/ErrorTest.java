package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.schemas.message.Verdict.Outcome.ERROR;
import static dev.sluice.schemas.message.Verdict.Outcome.FAIL;
import static dev.sluice.schemas.message.Verdict.Outcome.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorTest {
    private static final String ID = "r/prod/step-2/1";

    private static Scenario judged(Step analysis, Outcome... outcomes) {
        var it = new Scenario()
                .start("r", plan(weight(10), analysis, weight(100)))
                .applied()
                .applied();
        for (int i = 0; i < outcomes.length; i++) {
            it.verdict(ID, i + 1, outcomes[i]);
        }
        return it;
    }

    @Test
    @DisplayName("B11: a run that could not be judged is no failure and not inconclusive, whatever their limits")
    void isNeitherAFailureNorInconclusive() {
        // when
        var it = judged(analysis(3, 0, 0), ERROR, PASS);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        it.verdict(ID, 3, PASS);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B11: more than four in a row ask a person, with the error's words")
    void asksAPersonAfterTooMany() {
        // given
        var it = judged(analysis(9, 0, 0), ERROR, ERROR, ERROR, ERROR);
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);

        // when
        it.verdict(ID, 5, ERROR);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ANALYSIS_INCONCLUSIVE);
        assertThat(it.status().reason()).contains("5xx 2 %", "5 runs in a row could not be judged, 4 allowed");
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("B11: or take the release back where the file says so of what is inconclusive, and never as failed")
    void takesBackWhereTheFileSaysSo() {
        // when
        var it = judged(new Step.Analysis(spec(9, 0, 0, OnInconclusive.ROLLBACK)), ERROR, ERROR, ERROR, ERROR, ERROR);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ANALYSIS_INCONCLUSIVE);
    }

    @Test
    @DisplayName("B11: one that was judged in between begins the count anew")
    void countsOnlyThoseInARow() {
        // when
        var it = judged(analysis(10, 0, 0), ERROR, ERROR, ERROR, ERROR, PASS, ERROR, ERROR, ERROR, ERROR);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
    }

    @Test
    @DisplayName("B11: errors alone are never a pass, however few")
    void errorsAloneAreNoPass() {
        // when
        var it = judged(analysis(2, 0, 9), ERROR, ERROR);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reason()).contains("none of 2 runs passed: 5xx 2 %");
    }

    @Test
    @DisplayName("B11: 'continue' goes on at the end, and the audit says that nothing was measured")
    void goesOnWhereTheFileSaysSo() {
        // when
        var it = judged(
                new Step.Analysis(spec(6, 0, 0, OnInconclusive.CONTINUE)), ERROR, ERROR, ERROR, ERROR, ERROR, ERROR);

        // then
        assertThat(it.decided(Decision.AnalysisClosed.class).why().words()).contains("nothing was measured");
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B11: a failure after errors is a failure")
    void aFailureIsAFailure() {
        // when
        var it = judged(analysis(9, 0, 0), ERROR, ERROR, FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ANALYSIS_FAILED);
    }

    @Test
    @DisplayName("B11: a query with limits of its own has its own errors")
    void aQueryCountsItsOwn() {
        // given
        var own = Plans.owning(spec(9, 0, 0, OnInconclusive.CONTINUE), OnInconclusive.PAUSE);

        // when
        var it = judged(new Step.Analysis(own), ERROR, ERROR, ERROR, ERROR, ERROR);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reason()).contains("5 runs in a row error-rate could not be judged");
    }
}
