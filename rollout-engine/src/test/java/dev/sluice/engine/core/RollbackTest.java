package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.onEndpointsLost;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RollbackTest {
    static Stream<Scenario> anywhere() {
        var steps = plan(weight(10), pause(Duration.ofMinutes(1)), analysis(3, 0, 0), approval(), weight(100));
        return Stream.of(
                new Scenario().start(steps),
                new Scenario().start(steps).applied(),
                new Scenario().start(steps).applied().applied(),
                new Scenario().start(steps).applied().applied().later(Duration.ofMinutes(1)),
                new Scenario().start(steps).applied().applied().say(CommandType.PAUSE),
                new Scenario().start(plan(approval(), weight(100))).applied(),
                new Scenario().start(plan(weight(100))).applied().applied());
    }

    @ParameterizedTest
    @MethodSource("anywhere")
    @DisplayName("B01: abort orders weight 0 at once, whatever goes on")
    void abortsAnywhere(Scenario it) {
        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.published.getFirst().topic()).isEqualTo(Topic.WEIGHTS);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.state.rollout().targets())
                .allMatch(run -> run.judging().open().findAny().isEmpty());
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ABORTED);
    }

    @Test
    @DisplayName("B02: a rollback ends only when it is applied; past its deadline it is degraded and goes on")
    void goesOnTryingWhenARollbackCannotBeCarriedOut() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();
        it.say(CommandType.ABORT);

        // when
        it.report(Outcome.REFUSED, "the API says no");
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        it.later(Duration.ofMinutes(31));

        // then
        assertThat(it.status().degraded()).isTrue();
        assertThat(it.hasDecided(Decision.OrderRepeated.class)).isTrue();
        it.later(Duration.ofDays(1));
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B02: only abandon gives a degraded rollback up")
    void failsWhenADegradedRollbackIsAbandoned() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();
        it.say(CommandType.ABORT).say(CommandType.ABANDON);
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();

        // when
        it.later(Duration.ofMinutes(31)).say(CommandType.ABANDON);

        // then
        assertThat(it.phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    @DisplayName("B32: a rollback that waits for the active backend is loud, and force goes past it")
    void forcesARollbackThatWaits() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();
        it.say(CommandType.ABORT).report(Outcome.WAITING, "checkout has no ready endpoint");
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ROLLBACK_HELD);
        var waiting = it.lastOrder();

        // when
        it.say(CommandType.ABORT, "alice", List.of(), null, null, true);

        // then
        assertThat(it.lastOrder().force()).isTrue();
        assertThat(it.lastOrder().sequence()).isEqualTo(waiting.sequence() + 1);
    }

    @Test
    @DisplayName("B14: the timeout runs only while an order awaits its report")
    void doesNotTimeOutWhileItWaitsForAPerson() {
        // given
        var it = new Scenario()
                .start(plan(weight(10), new dev.sluice.schemas.rollout.Step.Approval(List.of(), null), weight(100)));
        it.applied().applied();

        // when
        it.later(Duration.ofDays(3));

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        it.say(CommandType.APPROVE).later(Duration.ofMinutes(30));
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reason()).isEqualTo("no applier has answered for cluster prod");
    }

    @Test
    @DisplayName("B18: waits for the canary's endpoints until the deadline, then rolls back saying so")
    void rollsBackWhenTheCanaryNeverGetsReady() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied();

        // when
        it.report(Outcome.WAITING, "checkout-canary has no ready endpoint");
        assertThat(it.status().waitingFor().kind()).isEqualTo("endpoints");
        it.later(Duration.ofMinutes(30));

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reason()).contains("checkout-canary has no ready endpoint");
    }

    @Test
    @DisplayName("B18: the last ready canary endpoint goes away")
    void rollsBackWhenTheCanaryLosesItsEndpoints() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();

        // when
        it.report(Outcome.ENDPOINTS_LOST, null);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName("B18: onEndpointsLost hold waits instead")
    void holdsWhenTheFileSaysSo() {
        // given
        var target = onEndpointsLost(target("prod", List.of(), weight(10), approval()), OnEndpointsLost.HOLD);
        var it = new Scenario().start(plan(target)).applied().applied();

        // when
        it.report(Outcome.ENDPOINTS_LOST, null);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName("B15: setting the canary to 0 by hand is an abort by that person")
    void treatsTakenBackAsAnAbort() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();

        // when
        it.report(Outcome.TAKEN_BACK, null);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().actor()).isEqualTo("kubectl-edit");
    }

    @Test
    @DisplayName("B15: drift is counted, with who did it, and never adopted")
    void countsDrift() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();

        // when
        it.report(Outcome.DRIFT_REPAIRED, null);

        // then
        assertThat(it.status().drift().count()).isEqualTo(1);
        assertThat(it.status().drift().actor()).isEqualTo("kubectl-edit");
        assertThat(it.status().weight().desired()).isEqualTo(Weight.percent(10));
    }

    @Test
    void neverStartsWhenItsBeginningIsRefused() {
        // given
        var it = new Scenario().start(plan(weight(10)));

        // when
        it.report(Outcome.REFUSED, "the split gives checkout no weight");

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.lastOrder().weight()).isNull();
        assertThat(it.state.route(it.lastOrder().route()).application()).isNull();
    }
}
