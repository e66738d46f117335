package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.modes;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.schemas.rollout.RollMode.AUTOMATIC;
import static dev.sluice.schemas.rollout.RollMode.MANUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final String STEP = "r/prod/step-2/1";
    private static final String BESIDE = "r/prod/background/1";

    private static Scenario analysing(RollMode back, RollMode forward, OnInconclusive then) {
        var step = new Step.Analysis(modes(spec(1, 0, 0, then), back, forward));
        return new Scenario()
                .start("r", plan(weight(10), step, weight(100)))
                .applied()
                .applied();
    }

    private static Scenario beside(RollMode back, RollMode forward, Step... steps) {
        var plan =
                background(target("prod", List.of(), steps), modes(spec(0, 0, 9, OnInconclusive.PAUSE), back, forward));
        return new Scenario().start("r", plan(plan)).applied().applied();
    }

    @Test
    void whatPassedWaitsForAPerson() {
        // given
        var it = analysing(AUTOMATIC, MANUAL, OnInconclusive.PAUSE);

        // when
        it.verdict(STEP, 1, Outcome.PASS);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.JUDGEMENT_PENDING);
        assertThat(it.status().reason())
                .isEqualTo("analysis step-2 passed (all runs are judged): 'approve' goes on, 'reject' rolls back");
        assertThat(it.status().waitingFor().kind()).isEqualTo("approval");
        assertThat(it.status().waitingFor().name()).isEqualTo("step-2");
        it.say(CommandType.APPROVE);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void whatFailedWaitsForAPersonWhoGoesOn() {
        // given
        var it = analysing(MANUAL, AUTOMATIC, OnInconclusive.PAUSE);

        // when
        it.verdict(STEP, 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().reason()).startsWith("analysis step-2 failed (5xx 2 %)");
        it.say(CommandType.APPROVE);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void orRollsBack() {
        // given
        var it = analysing(MANUAL, AUTOMATIC, OnInconclusive.PAUSE).verdict(STEP, 1, Outcome.FAIL);

        // when
        it.say(CommandType.REJECT);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    @DisplayName("B38: who approved before the analysis was over has not seen what it came to")
    void aWordGivenBeforeIsNoAnswer() {
        // given
        var it = analysing(MANUAL, AUTOMATIC, OnInconclusive.PAUSE);
        it.later(Duration.ofSeconds(20)).verdict(STEP, 1, Outcome.FAIL);
        it.sentAt = Scenario.START.plusSeconds(10);

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.refusal()).startsWith("analysis step-2 was over at 2026-11-20T12:00:20Z");
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("B10: what measured nothing is no more trusted than what passed")
    void whatMeasuredNothingWaitsAsWell() {
        // given
        var it = analysing(AUTOMATIC, MANUAL, OnInconclusive.CONTINUE);

        // when
        it.verdict(STEP, 1, Outcome.INCONCLUSIVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().reason()).startsWith("analysis step-2 measured nothing");
    }

    @Test
    void inconclusiveGoesAsTheFileSaysInEitherMode() {
        assertThat(analysing(MANUAL, MANUAL, OnInconclusive.PAUSE)
                        .verdict(STEP, 1, Outcome.INCONCLUSIVE)
                        .phase())
                .isEqualTo(Phase.PAUSED);
        assertThat(analysing(MANUAL, MANUAL, OnInconclusive.ROLLBACK)
                        .verdict(STEP, 1, Outcome.INCONCLUSIVE)
                        .phase())
                .isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    void besideTheStepsItStopsNothingButTheNextRaise() {
        // given
        var it = beside(
                MANUAL, AUTOMATIC, weight(10), pause(Duration.ofMinutes(5)), pause(Duration.ofMinutes(5)), weight(100));

        // when
        it.verdict(BESIDE, 1, Outcome.FAIL);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().waitingFor().name()).isEqualTo("background");
        assertThat(it.status().reason()).contains("no weight goes up until then");
        it.later(Duration.ofMinutes(5));
        assertThat(it.status().step()).isEqualTo(3);
        it.later(Duration.ofMinutes(5));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.target("prod").judging().background().id())
                .as("the steps still to come are watched anew")
                .isEqualTo("r/prod/background/2");
    }

    @Test
    void besideTheStepsItIsRejectedAtAnyStep() {
        // given
        var it = beside(MANUAL, AUTOMATIC, weight(10), pause(Duration.ofMinutes(5)), weight(100));
        it.verdict(BESIDE, 1, Outcome.FAIL);

        // when
        it.say(CommandType.REJECT);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().waitingFor().kind()).isEqualTo("report");
    }

    @Test
    void besideTheLastStepItHoldsTheEnd() {
        // given
        var it = beside(MANUAL, AUTOMATIC, weight(100), pause(Duration.ofMinutes(5)));
        it.verdict(BESIDE, 1, Outcome.FAIL);

        // when
        it.later(Duration.ofMinutes(5));

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.lastOrder().end()).isNull();
        it.say(CommandType.APPROVE);
        assertThat(it.lastOrder().end()).isNotNull();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void whatPassesBesideTheStepsWaitsAtTheirEndAndGoesOnWatching() {
        // given
        var it = beside(AUTOMATIC, MANUAL, weight(100));
        it.verdict(BESIDE, 1, Outcome.PASS);
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.target("prod").judging().background()).isNotNull();

        // when
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.lastOrder().end()).isNotNull();
        var other = beside(AUTOMATIC, MANUAL, weight(100)).verdict(BESIDE, 1, Outcome.PASS);
        other.verdict(BESIDE, 2, Outcome.FAIL);
        assertThat(other.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B10: nor does one that measured nothing beside the steps pass by itself at their end")
    void whatMeasuredNothingBesideTheStepsWaitsAtTheirEnd() {
        // given
        var spec = modes(spec(0, 0, 9, OnInconclusive.CONTINUE), AUTOMATIC, MANUAL);
        var it = new Scenario()
                .start("r", plan(background(target("prod", List.of(), weight(100)), spec)))
                .applied()
                .applied();

        // when
        it.verdict(BESIDE, 1, Outcome.INCONCLUSIVE);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        it.say(CommandType.APPROVE).applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void anAnalysisAtAStepIsJudgedByItself() {
        // when
        var it = new Scenario()
                .start("r", plan(weight(10), analysis(1, 0, 0), weight(100)))
                .applied()
                .applied()
                .verdict(STEP, 1, Outcome.PASS);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }
}
