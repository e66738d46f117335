package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FenceTest {
    private static final long LATER = Scenario.START.toEpochMilli() + 1_000_000;

    private static Scenario superseded(Scenario it) {
        return it.tell(new Event.ReportReceived(
                it.now,
                Scenario.answer(it.lastOrder(), Outcome.SUPERSEDED, null, new Fence(LATER, 9), null, Map.of())));
    }

    private static Scenario fenced(Scenario it, double active, double canary) {
        return it.tell(new Event.ReportReceived(
                it.now,
                Scenario.answer(
                        it.lastOrder(),
                        Outcome.APPLIED,
                        null,
                        null,
                        null,
                        Map.of("checkout", active, "checkout-canary", canary))));
    }

    @Test
    @DisplayName("B34: jumps over a fence that it never issued, and goes on where the weights are as ordered")
    void raisesTheFenceAndGoesOn() {
        // given
        var it = superseded(new Scenario().start(plan(weight(10), approval())));
        assertThat(it.hasDecided(Decision.FenceRaised.class)).isTrue();
        assertThat(it.lastOrder().generation()).isGreaterThan(LATER);
        assertThat(it.lastOrder().weight()).isNull();

        // when
        fenced(it, 100, 0);

        // then
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("B34: an adopting rollout begins once over the fence, whatever the weights are")
    void adoptsOverTheFence() {
        // given
        var adopting = with(
                target("prod", List.of(), weight(25), approval()),
                route -> route("prod", OnPromoted.SWAP, Ownership.ADOPT));
        var it = superseded(new Scenario().start(plan(adopting)));

        // when
        fenced(it, 80, 20);

        // then
        assertThat(it.lastOrder().begin()).isTrue();
        fenced(it, 80, 20);
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
    }

    @Test
    @DisplayName("B34: tells the other targets' status again, for the topic may show what the lost database had said")
    void tellsTheOthersAgain() {
        // given
        var it = new Scenario()
                .start(plan(
                        target("staging", List.of(), weight(10), approval()),
                        target("prod", List.of("staging"), weight(10), approval())));
        var before = it.state.versions().get("prod");

        // when
        superseded(it);

        // then
        assertThat(it.state.versions().get("prod")).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("B34: a fence that leaves no room above it is nobody's")
    void ignoresAnImpossibleFence() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));

        // when
        it.tell(new Event.ReportReceived(
                it.now,
                Scenario.answer(
                        it.lastOrder(), Outcome.SUPERSEDED, null, new Fence(Long.MAX_VALUE, 1), null, Map.of())));

        // then
        assertThat(it.hasDecided(Decision.FenceRaised.class)).isFalse();
    }

    @Test
    @DisplayName("B34: where the weights are not those ordered last it asks a person, and abort works")
    void pausesWhereTheWeightsAreOthers() {
        // given
        var it = superseded(new Scenario().start(plan(weight(10), approval())));

        // when
        fenced(it, 50, 50);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.FENCE_RAISED);
        it.say(CommandType.ABORT).applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B43: its own fence with other content is a fence that it didn't issue")
    void raisesTheFenceOverItsOwnPairWithOtherContent() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied();
        var own = new Fence(it.lastOrder().generation(), it.lastOrder().sequence(), Weight.percent(50), "checkout");

        // when
        it.tell(Scenario.answer(it.lastOrder(), Outcome.SUPERSEDED, null, own, null, Map.of()));

        // then
        assertThat(it.hasDecided(Decision.FenceRaised.class)).isTrue();
        assertThat(it.lastOrder().generation()).isGreaterThan(own.generation());
    }

    @Test
    @DisplayName("B43: every route's active backend is learnt from its own object before a weight is ordered")
    void learnsEachRoutesActiveBackendOverTheFence() {
        // given
        var it = new Scenario().start(plan(twoRoutes("prod", weight(10), approval())));
        var orders = it.newestOrders();
        it.tell(Scenario.answer(
                orders.get(0),
                Outcome.SUPERSEDED,
                null,
                new Fence(LATER, 9, Weight.FULL, "checkout-canary"),
                null,
                Map.of()));
        assertThat(it.newestOrders()).allMatch(order -> order.weight() == null);

        // when
        it.newestOrders()
                .forEach(order -> it.tell(Scenario.answer(
                        order,
                        Outcome.APPLIED,
                        null,
                        new Fence(LATER, 9, Weight.FULL, order.canary().replace("-canary", "") + "-canary"),
                        null,
                        Map.of())));

        // then
        assertThat(it.newestOrders())
                .extracting(WeightOrder::active)
                .containsExactly("checkout-canary", "checkout-api-canary");
        assertThat(it.newestOrders()).extracting(WeightOrder::canary).containsExactly("checkout", "checkout-api");
    }

    @Test
    @DisplayName("B43: on the way back a route that was swapped meanwhile is protected until its object has said so")
    void movesNothingBackUnderTheWrongRoles() {
        // given
        var it = new Scenario()
                .start(plan(twoRoutes("prod", weight(10), approval())))
                .applied()
                .applied();
        it.say(CommandType.ABORT);
        var back = it.newestOrders();
        it.tell(Scenario.answer(
                back.get(0),
                Outcome.SUPERSEDED,
                null,
                new Fence(LATER, 9, Weight.FULL, "checkout-canary"),
                null,
                Map.of()));

        // when
        var protectedBack = it.newestOrders();
        assertThat(protectedBack)
                .allMatch(order -> order.begin() && order.weight().isZero());
        assertThat(protectedBack.get(0).active()).isEqualTo("checkout-canary");
        it.tell(Scenario.answer(protectedBack.get(0), Outcome.APPLIED, null));
        it.tell(Scenario.answer(
                protectedBack.get(1),
                Outcome.REFUSED,
                "checkout-api has no weight",
                new Fence(LATER, 9, Weight.FULL, "checkout-api-canary"),
                null,
                Map.of("checkout-api", 0.0, "checkout-api-canary", 100.0)));

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.orderOf(back.get(1).route()).active()).isEqualTo("checkout-api-canary");
        assertThat(it.orderOf(back.get(1).route()).begin()).isTrue();
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B43: what Sluice itself wrote in the lost time is taken back, even all of the traffic")
    void takesBackWhatALostTimeHadMoved() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        var theirs = new Fence(LATER, 9, Weight.FULL, "checkout");
        it.tell(Scenario.answer(it.lastOrder(), Outcome.SUPERSEDED, null, theirs, null, Map.of()));
        it.say(CommandType.ABORT);
        assertThat(it.lastOrder().begin()).isTrue();

        // when
        it.tell(Scenario.answer(
                it.lastOrder(),
                Outcome.REFUSED,
                "checkout has no weight",
                theirs,
                null,
                Map.of("checkout", 0.0, "checkout-canary", 100.0)));

        // then
        assertThat(it.lastOrder().begin()).isFalse();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B34: resume sets the weights ordered last again")
    void setsTheWeightsAgainWhenResumed() {
        // given
        var it = fenced(superseded(new Scenario().start(plan(weight(10), approval()))), 50, 50);

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B34: a timed pause that is over while a fence is in the way leaves no wake-up that stays due")
    void waitsForTheFenceWithoutACircle() {
        // given
        var it = superseded(new Scenario()
                .start(plan(weight(10), pause(Duration.ofMinutes(1)), weight(100)))
                .applied()
                .applied());

        // when
        it.later(Duration.ofMinutes(2));

        // then
        assertThat(WakeUps.of(it.state))
                .isNotEmpty()
                .allSatisfy(wakeUp -> assertThat(wakeUp.at()).isAfter(it.now));
        fenced(it, 90, 10).say(CommandType.RESUME).applied().applied();
        it.later(Duration.ofMinutes(2));
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    @DisplayName("B34: a rollback goes over the fence at once")
    void rollsBackOverTheFence() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();
        it.say(CommandType.ABORT);

        // when
        superseded(it);

        // then
        assertThat(it.lastOrder().generation()).isGreaterThan(LATER);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B09: an older order that was overtaken by one of its own is no news")
    void ignoresItsOwnFences() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        var begin = it.lastOrder();
        it.applied();

        // when
        var own = new Fence(begin.generation(), begin.sequence() + 1);
        it.tell(new Event.ReportReceived(
                it.now, Scenario.answer(begin, Outcome.SUPERSEDED, null, own, null, Map.of())));

        // then
        assertThat(it.decided).noneMatch(Decision::stored);
    }

    @Test
    @DisplayName("B09: what a check found changes nothing of a rollout, even where it carries the newest order's fence")
    void ignoresChecks() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied();
        var before = it.state;
        var open = it.lastOrder();

        // when
        it.tell(Scenario.answer(open, Outcome.CHECKED, "1 error, 0 warnings"));

        // then
        assertThat(it.state).isEqualTo(before);

        // when
        it.applied();

        // then
        assertThat(it.state).isNotEqualTo(before);
    }

    @Test
    @DisplayName("B34: what a raised fence interrupted has taken over nothing that no step may lower")
    void anInterruptedOrderIsNoAdoption() {
        // given
        var it = new Scenario()
                .start(plan(
                        weight(50), pause(Duration.ofHours(1)), weight(25), pause(Duration.ofHours(1)), weight(100)))
                .applied()
                .applied();
        it.later(Duration.ofHours(1));
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));

        // when
        superseded(it);
        fenced(it, 50, 50);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
        assertThat(it.applied().phase()).isEqualTo(Phase.PAUSED);
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
    }
}
