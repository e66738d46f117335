package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.ending;
import static dev.sluice.engine.core.Plans.lockstep;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.rollbackGroup;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.told.WaitingView;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rollback groups, lockstep, and routes that are moved together. */
class TogetherTest {
    private static final List<String> GROUP = List.of("us", "eu");

    private static Scenario applied(Scenario it, String target) {
        var newest = it.newestOrders().stream()
                .filter(order -> order.target().equals(target))
                .toList();
        newest.forEach(order -> it.tell(Scenario.answer(order, Outcome.APPLIED, null)));
        return it;
    }

    private static Phase phase(Scenario it, String target) {
        return it.target(target).position().phase();
    }

    private static WeightOrder last(Scenario it, String target) {
        return it.orders.reversed().stream()
                .filter(order -> order.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario inLockstep() {
        return new Scenario()
                .start(
                        "r",
                        lockstep(
                                GROUP,
                                target("us", List.of(), weight(10), weight(50), approval()),
                                target("eu", List.of(), weight(10), weight(50), approval()),
                                target("asia", List.of("us"), weight(100))));
    }

    @Test
    @DisplayName("B21: a target that fails brings the others of its rollback group back, promoted ones too")
    void goesBackTogether() {
        // given
        var it = new Scenario()
                .start(
                        "r",
                        rollbackGroup(
                                target("us", List.of(), weight(100)),
                                target("eu", List.of("us"), weight(10), approval())));
        it.applied().applied().applied();
        var route = last(it, "us").route();
        assertThat(it.state.route(route).active()).isEqualTo("checkout-canary");
        assertThat(it.state.stableRevisions()).containsEntry("us", "1.4.2");
        it.applied().applied();
        assertThat(phase(it, "eu")).isEqualTo(Phase.AWAITING_APPROVAL);
        var promoted = last(it, "us");

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "eu", null, false);

        // then
        assertThat(phase(it, "us")).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.target("us").position().why().code()).isEqualTo(ReasonCode.GROUP_WENT_BACK);
        assertThat(last(it, "us").generation()).isEqualTo(promoted.generation());
        assertThat(last(it, "us").sequence()).isEqualTo(promoted.sequence() + 1);
        assertThat(last(it, "us").weight()).isEqualTo(Weight.ZERO);
        assertThat(last(it, "us").active()).isEqualTo("checkout");
        assertThat(it.state.route(route).active()).isEqualTo("checkout");
        assertThat(it.state.stableRevisions()).doesNotContainKey("us");
        it.applied();
        assertThat(phase(it, "us")).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.state.running()).isFalse();
    }

    @Test
    @DisplayName(
            "B21: a promoted target whose active backend runs the revision itself can't, and the audit says so once")
    void saysWhatCannotGoBack() {
        // given
        var it = new Scenario()
                .start(
                        "r",
                        rollbackGroup(
                                ending(target("us", List.of(), weight(100)), OnPromoted.SELECTOR),
                                target("eu", List.of("us"), weight(10), approval())));
        it.applied().applied().applied().applied().applied().applied();
        assertThat(phase(it, "us")).isEqualTo(Phase.PROMOTED);

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "eu", null, false);

        // then
        assertThat(it.decided(Decision.LeftPromoted.class).why().words()).contains("Deploy the one before");
        assertThat(phase(it, "us")).isEqualTo(Phase.PROMOTED);
        it.applied();
        assertThat(it.hasDecided(Decision.LeftPromoted.class)).isFalse();
    }

    @Test
    @DisplayName("B21: a target of a rollback group that never began is cancelled")
    void cancelsWhatNeverBegan() {
        // given
        var it = new Scenario()
                .start(
                        "r",
                        rollbackGroup(
                                target("us", List.of(), weight(10), approval()),
                                target("eu", List.of("us"), weight(10))));

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "us", null, false);

        // then
        assertThat(phase(it, "eu")).isEqualTo(Phase.CANCELLED);
    }

    @Test
    @DisplayName("B21: without a group the others go on")
    void othersGoOn() {
        // given
        var it = new Scenario()
                .start(
                        "r",
                        plan(
                                target("us", List.of(), weight(10), approval()),
                                target("eu", List.of(), weight(10), approval())));
        it.applied().applied();

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "us", null, false);

        // then
        assertThat(phase(it, "eu")).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("Lockstep: a step is entered by all of a group in one event, once the last has come as far")
    void entersEachStepTogether() {
        // given
        var it = inLockstep();

        // when
        applied(it, "us");

        // then
        assertThat(phase(it, "us")).isEqualTo(Phase.WAITING);
        assertThat(it.target("us").position().why().code()).isEqualTo(ReasonCode.LOCKSTEP_PENDING);
        assertThat(WaitingView.of(it.state.rollout(), it.target("us")).name()).isEqualTo("eu");
        assertThat(last(it, "us").begin()).isTrue();

        // when
        applied(it, "eu");

        // then
        assertThat(Stream.of("us", "eu").map(name -> last(it, name).weight())).containsOnly(Weight.percent(10));
        applied(it, "eu");
        assertThat(last(it, "eu").weight()).isEqualTo(Weight.percent(10));
        applied(it, "us");
        assertThat(Stream.of("us", "eu").map(name -> last(it, name).weight())).containsOnly(Weight.percent(50));
    }

    @Test
    @DisplayName("Lockstep: who is held is waited for, and a person's resume doesn't go ahead of the others")
    void waitsForWhoIsHeld() {
        // given
        var it = applied(inLockstep(), "us");
        it.say(CommandType.PAUSE, "alice", List.of(), "eu", null, false);
        applied(it, "eu");
        assertThat(last(it, "us").begin()).isTrue();

        // when
        it.say(CommandType.RESUME, "alice", List.of(), "us", null, false);

        // then
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
        it.say(CommandType.RESUME, "alice", List.of(), "eu", null, false);
        assertThat(Stream.of("us", "eu").map(name -> last(it, name).weight())).containsOnly(Weight.percent(10));
    }

    @Test
    @DisplayName("Lockstep: a member that goes back takes its group along, and nobody else")
    void takesItsGroupAlong() {
        // given
        var it = inLockstep();
        it.applied().applied();

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "eu", null, false);

        // then
        assertThat(phase(it, "us")).isEqualTo(Phase.ROLLING_BACK);
        assertThat(last(it, "us").weight()).isEqualTo(Weight.ZERO);
        it.applied();
        assertThat(phase(it, "asia")).isEqualTo(Phase.CANCELLED);
    }

    @Test
    @DisplayName("B21: what depends on a member waits for all of its group")
    void dependsOnAllOfAGroup() {
        // given
        var it = inLockstep();
        it.applied().applied().applied();
        it.say(CommandType.APPROVE, "alice", List.of(), null, null, false);
        assertThat(phase(it, "us")).isNotEqualTo(Phase.AWAITING_APPROVAL);

        // when
        applied(it, "us");
        assertThat(phase(it, "us")).isEqualTo(Phase.PROMOTED);

        // then
        assertThat(phase(it, "asia")).isEqualTo(Phase.PENDING);
        assertThat(WaitingView.of(it.state.rollout(), it.target("asia")).name()).isEqualTo("eu");
        applied(it, "eu");
        assertThat(phase(it, "asia")).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B21: a step counts once each of three routes carries it")
    void movesThreeRoutesTogether() {
        // given
        var one = target("prod", List.of(), weight(10), weight(100));
        var it = new Scenario().start("r", plan(threeRoutes(one))).applied();
        var orders = it.newestOrders();
        assertThat(orders).hasSize(3).allMatch(order -> order.weight().equals(Weight.percent(10)));

        // when
        it.tell(Scenario.answer(orders.get(0), Outcome.APPLIED, null));
        it.tell(Scenario.answer(orders.get(2), Outcome.APPLIED, null));

        // then
        assertThat(it.newestOrders()).isEqualTo(orders);
        it.tell(Scenario.answer(orders.get(1), Outcome.APPLIED, null));
        assertThat(it.newestOrders())
                .hasSize(3)
                .allMatch(order -> order.weight().equals(Weight.FULL));
    }

    private static TargetPlan threeRoutes(TargetPlan one) {
        var routes = Stream.of("a", "b", "c")
                .map(name -> new Route(
                        "prod/shop/trafficsplits.split.smi-spec.io/" + name,
                        "smi",
                        name,
                        name + "-canary",
                        OnPromoted.SWAP,
                        dev.sluice.schemas.rollout.Ownership.OWN,
                        null,
                        Map.of("rootServiceName", name)))
                .toList();
        return new TargetPlan(
                one.name(),
                one.cluster(),
                one.namespace(),
                one.dependsOn(),
                one.onEndpointsLost(),
                one.firstDeployment(),
                one.readiness(),
                one.settle(),
                one.timeout(),
                one.steps(),
                one.background(),
                routes);
    }
}
