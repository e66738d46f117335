package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.ending;
import static dev.sluice.engine.core.Plans.naming;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.rollbackGroup;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Workloads;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B20: onPromoted: handback")
class HandbackTest {
    private static final Map<String, Object> BOTH = Map.of(
            "active", Map.of("kind", "Deployment", "name", "checkout"),
            "canary", Map.of("kind", "Deployment", "name", "checkout-canary"));

    private static Scenario atTheTop(TargetPlan target, Map<String, Object> workload) {
        return new Scenario()
                .start(plan(naming(workload, ending(target, OnPromoted.HANDBACK))))
                .applied()
                .running(Outcome.APPLIED, "1.4.1", "1.4.2");
    }

    private static Scenario atTheTop() {
        return atTheTop(target("prod", List.of(), weight(100)), BOTH);
    }

    @Test
    void theTrafficGoesBackOnceTheActiveWorkloadIsSeenToRunTheRevision() {
        // given
        var it = atTheTop();
        assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.status().reason())
                .contains("waits until Deployment shop/checkout runs 1.4.2")
                .contains("it runs 1.4.1");
        assertThat(it.status().waitingFor().kind()).isEqualTo("workload");
        assertThat(it.status().waitingFor().name()).isEqualTo("Deployment shop/checkout");

        // when
        it.running(Outcome.APPLIED, "1.4.2", "1.4.2");

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().end()).isEqualTo(End.RELEASE);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.HANDING_BACK);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().active()).isEqualTo("checkout");
    }

    @Test
    void anActiveWorkloadThatIsStillBeingRolledOutServesTheRevisionBeforeToo() {
        // given
        var it = atTheTop();

        // when
        it.running(it.lastOrder(), Outcome.APPLIED, new Workloads("1.4.2", "1.4.2", false));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.status().reason()).contains("it is being rolled out");
        it.running(it.lastOrder(), Outcome.APPLIED, new Workloads("1.4.2", "1.4.2", null));
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.status().reason()).contains("nobody says whether all its pods do");
        it.running(Outcome.APPLIED, "1.4.2", "1.4.2");
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    void podsThatComeAndGoBeforeThatAreNoNewsButAreKnown() {
        // given
        var workloads = naming(
                BOTH, ending(target("prod", List.of(), weight(10), approval(), weight(100)), OnPromoted.HANDBACK));
        var it = new Scenario().start(plan(workloads)).applied().running(Outcome.APPLIED, "1.4.2", "1.4.2");

        // when
        it.running(it.lastOrder(), Outcome.APPLIED, new Workloads("1.4.2", "1.4.2", false));

        // then
        assertThat(it.published).isEmpty();
        it.say(CommandType.APPROVE).applied();
        assertThat(it.status().reason()).contains("it is being rolled out");
    }

    @Test
    void anotherRevisionThanTheRolloutsIsSaidAndWaitedOut() {
        // when
        var it = atTheTop().running(Outcome.APPLIED, "1.3.9", "1.4.2");

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.status().reason()).contains("it runs 1.3.9");
    }

    @Test
    void everyRouteHasToSeeIt() {
        // given
        var it = atTheTop(twoRoutes("prod", weight(100)), BOTH).applied();
        var orders = it.newestOrders();
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.FINALIZE_PENDING);

        // when
        it.running(orders.getFirst(), Outcome.APPLIED, new Workloads("1.4.2", "1.4.2", true));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        it.running(orders.getLast(), Outcome.APPLIED, new Workloads("1.4.2", "1.4.2", true));
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    void whoPausedItIsWaitedForFirst() {
        // given
        var it = atTheTop().say(CommandType.PAUSE);

        // when
        it.running(Outcome.APPLIED, "1.4.2", "1.4.2");

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.OPERATOR_PAUSED);
        it.say(CommandType.RESUME);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    @DisplayName(
            "on the way to a backend that runs the revision itself there is nothing to go back to, and that is said")
    void anAbortOnTheWayBackIsRejected() {
        // given
        var it = atTheTop().running(Outcome.APPLIED, "1.4.2", "1.4.2");

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.refusal())
                .contains("checkout, which runs the revision itself")
                .contains("start the revision before")
                .contains("'force'");
        assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
        assertThat(it.state.held().revisions()).isEmpty();
        it.report(Outcome.TAKEN_BACK, null).applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName(
            "B32: whoever forces it there while nothing is ready behind the active backend has it promoted all the same")
    void anAbortWithForceOnTheWayBackOrdersTheSameWithForce() {
        // given
        var it = atTheTop().running(Outcome.APPLIED, "1.4.2", "1.4.2");
        var held = it.lastOrder();
        it.report(Outcome.WAITING, "no endpoint is ready behind checkout");

        // when
        it.say(CommandType.ABORT, "alice", List.of(), null, null, true);

        // then
        assertThat(it.lastOrder().sequence()).isGreaterThan(held.sequence());
        assertThat(it.lastOrder().force()).isTrue();
        assertThat(it.lastOrder().end()).isEqualTo(held.end());
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.status().reason()).contains("with force by alice");
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.HANDING_BACK);
        assertThat(it.state.held().revisions()).isEmpty();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName("B21: a group that goes back finds it promoted, and says that it is left so")
    void aGroupThatGoesBackLeavesItPromoted() {
        // given
        var other = target("eu", List.of(), weight(10), approval());
        var us = ending(target("us", List.of(), weight(100)), OnPromoted.HANDBACK);
        var it = new Scenario().start(rollbackGroup(us, other)).applied().applied();
        it.say(CommandType.FINALIZE, "alice", List.of(), "us", null, false);

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "eu", null, false);

        // then
        assertThat(it.target("us").position().phase()).isEqualTo(Phase.FINALIZING);
        it.applied();
        assertThat(it.target("us").position().phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.target("us").position().why().code()).isEqualTo(ReasonCode.GROUP_WENT_BACK);
        assertThat(it.target("eu").position().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B03: a start of the revision that is stable aborts nothing that can't go back")
    void aStartOfTheStableRevisionIsAnyOther() {
        // given
        var handback = plan(ending(target("prod", List.of(), weight(100)), OnPromoted.HANDBACK));
        var it = new Scenario().start("r-1", "1.4.1", false, handback).applied().applied();
        it.say(CommandType.FINALIZE).applied().later(Duration.ofSeconds(1));
        it.start("r-2", "1.4.2", false, handback).applied().applied().say(CommandType.FINALIZE);

        // when
        it.later(Duration.ofSeconds(1)).start("r-3", "1.4.1", false, handback);

        // then
        assertThat(it.refusal()).contains("r-2 is running");
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName("B34: a fence raised on the way changes nothing of why it goes")
    void aRaisedFenceOnTheWayStaysAHandback() {
        // given
        var it = atTheTop().say(CommandType.FINALIZE);
        var last = it.lastOrder();

        // when
        it.tell(Scenario.answer(
                last,
                Outcome.SUPERSEDED,
                null,
                new Fence(last.generation() + 5, 3, Weight.percent(10), "checkout"),
                null,
                Map.of()));

        // then
        assertThat(it.lastOrder().generation()).isGreaterThan(last.generation());
        assertThat(it.status().reasonCode()).isNotEqualTo(ReasonCode.ABORTED);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void whatOnlyThePodsHashTellsIsNeverTheSameOfTwoWorkloads() {
        // given
        var hashed = new HashMap<>(BOTH);
        hashed.put("revisionFrom", "podTemplateHash");

        // when
        var it = atTheTop(target("prod", List.of(), weight(100)), hashed);

        // then
        assertThat(it.status().waitingFor().name()).isEqualTo("finalize");
    }

    @Test
    void whereNoActiveWorkloadIsNamedSomebodySaysIt() {
        // given
        var it = atTheTop(target("prod", List.of(), weight(100)), Map.of("canary", BOTH.get("canary")));
        assertThat(it.status().waitingFor().name()).isEqualTo("finalize");

        // when
        it.running(Outcome.APPLIED, "1.4.2", "1.4.2");

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        it.say(CommandType.FINALIZE);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }
}
