package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.RolloutFileReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsTest {
    @Test
    @DisplayName("B04: the same command id again is ignored, and its sender can see that")
    void ignoresARepeatedCommand() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();
        var before = it.state;
        var abort = Scenario.command(CommandType.ABORT, "a-1", "alice", List.of(), null, null, false);

        // when
        it.tell(new Event.CommandReceived(it.now, it.now, abort, true, null));

        // then
        assertThat(it.state.rollout()).isEqualTo(before.rollout());
        var audit = it.messages(Topic.AUDIT, Audit.class).getFirst();
        assertThat(audit.decision()).isEqualTo("Ignored");
        assertThat(audit.event().id()).isEqualTo("a-1");
        assertThat(audit.reason()).contains("duplicate");
    }

    @Test
    @DisplayName("B05: a late click cannot approve the wrong thing")
    void rejectsAnApprovalOfAnotherStep() {
        // given
        var it = new Scenario().start("r-1", plan(weight(10), approval(), weight(50), approval(), weight(100)));
        it.applied().applied().say(CommandType.APPROVE).applied();

        // when
        it.say(CommandType.APPROVE, "alice", List.of(), null, new Command.Expect("r-1", 2), false);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains("expected step 2")
                .contains("AwaitingApproval at step 4 of 5");
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("B05: nor an approval that belongs to another rollout")
    void rejectsAnApprovalOfAnotherRollout() {
        // given
        var it = new Scenario()
                .start("r-2", plan(weight(10), approval()))
                .applied()
                .applied();

        // when
        it.say(CommandType.APPROVE, "alice", List.of(), null, new Command.Expect("r-1", 2), false);

        // then
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommandType.class,
            names = {"PAUSE", "RESUME", "APPROVE", "ABORT", "FINALIZE", "ABANDON", "DELETE"})
    void rejectsWhatHasNothingToActOn(CommandType type) {
        // when
        var it = new Scenario().say(type);

        // then
        assertThat(it.decided).filteredOn(Decision::stored).hasSize(1).allMatch(Decision.Rejected.class::isInstance);
    }

    @Test
    void rejectsAStartWhileOneIsRunning() {
        // given
        var it = new Scenario()
                .start("r-1", plan(weight(10), approval()))
                .applied()
                .applied();

        // when
        it.start("r-2", plan(weight(100)));

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("r-1 is running");
        assertThat(it.state.rollout().id()).isEqualTo("r-1");
    }

    @Test
    void rejectsAnInvalidFileWithEveryProblem() {
        // given
        var it = new Scenario();
        var problems = List.of(new Problem("/targets", "is empty"), new Problem("/x", "is unknown", List.of("y")));
        var warnings = List.of(new Problem("/manifests", "are not Sluice's"));
        var start = Scenario.command(CommandType.START, "r-1", "ci", List.of(), null, null, false);

        // when
        it.tell(new Event.CommandReceived(
                it.now, it.now, start, false, new RolloutFileReader.Read.Invalid(problems, warnings)));

        // then
        var audit = it.messages(Topic.AUDIT, Audit.class).getFirst();
        assertThat(audit.errors()).isEqualTo(problems);
        assertThat(audit.reason()).contains("2 problems: /targets is empty; warning: /manifests are not Sluice's");
    }

    @Test
    @DisplayName("B33: a route held by another application is refused, naming the holder")
    void rejectsARouteThatSomeoneElseHolds() {
        // given
        var it = new Scenario();
        var route =
                Plans.plan(weight(10)).targets().getFirst().routes().getFirst().identity();
        it.state = it.state.withRoutes(Map.of(route, new RouteRow(route, "shop/basket", 7, "checkout", false, null)));

        // when
        it.start(plan(weight(10)));

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("shop/basket");
        assertThat(it.orders).isEmpty();
    }

    @Test
    void rejectsAPairWithoutTheActiveBackend() {
        // given
        var it = new Scenario();
        var route =
                Plans.plan(weight(10)).targets().getFirst().routes().getFirst().identity();
        it.state = it.state.withRoutes(Map.of(route, new RouteRow(route, null, 7, "checkout-blue", false, null)));

        // when
        it.start(plan(weight(10)));

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("checkout-blue");
    }

    @Test
    void holdsEveryStepUntilResumed() {
        // given
        var it = new Scenario().start(plan(weight(10), pause(Duration.ofMinutes(1)), weight(100)));
        it.applied().applied().say(CommandType.PAUSE);

        // when
        it.later(Duration.ofHours(1));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        it.say(CommandType.RESUME);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void awaitsItsApprovalAgainAfterAnOperatorsPause() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();

        // when
        it.say(CommandType.PAUSE);
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        it.say(CommandType.RESUME);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    @DisplayName("B20: handback gives the traffic back once told that the active workload runs the revision")
    void handsBack() {
        // given
        var handback = with(
                target("prod", List.of(), weight(100)), route -> route("prod", OnPromoted.HANDBACK, Ownership.OWN));
        var it = new Scenario().start(plan(handback)).applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
        assertThat(it.status().waitingFor().name()).isEqualTo("finalize");

        // when
        it.say(CommandType.FINALIZE);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().end()).isEqualTo(End.RELEASE);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.state.route(it.lastOrder().route()).active()).isEqualTo("checkout");
        assertThat(it.state.route(it.lastOrder().route()).application()).isNull();
    }

    @Test
    void keepsARouteUntilItsRollbackIsApplied() {
        // given
        var handback = with(
                target("prod", List.of(), weight(100)), route -> route("prod", OnPromoted.HANDBACK, Ownership.OWN));
        var it = new Scenario().start(plan(handback)).applied();

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.lastOrder().end()).isEqualTo(End.RELEASE);
        assertThat(it.state.route(it.lastOrder().route()).application()).isEqualTo("shop/checkout");
        it.applied();
        assertThat(it.state.route(it.lastOrder().route()).application()).isNull();
    }

    @Test
    void forgetsAFinishedApplication() {
        // given
        var it = new Scenario().start(plan(weight(100))).applied().applied().applied();

        // when
        it.say(CommandType.DELETE);

        // then
        assertThat(it.state.rollout()).isNull();
        assertThat(it.published)
                .contains(
                        new Publication.Tombstone(Topic.STATUS, "shop/checkout/prod"),
                        new Publication.Tombstone(Topic.WEIGHTS, it.lastOrder().route()));
        assertThat(it.state.route(it.lastOrder().route()).application()).isNull();
        assertThat(it.state.route(it.lastOrder().route()).generation()).isPositive();
    }
}
