package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.inProgress;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start does while a rollout of its application runs. */
class QueueTest {
    private static final RolloutPlan STEPS = plan(weight(10), approval(), weight(100));
    private static final RolloutPlan QUEUES = inProgress(InProgress.ENQUEUE_ONE, STEPS);
    private static final RolloutPlan SUPERSEDES = inProgress(InProgress.SUPERSEDE, STEPS);

    private static Scenario running() {
        return new Scenario()
                .start("r-1", "1.4.1", false, STEPS)
                .applied()
                .applied()
                .later(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("B03: rejected by default, saying what runs")
    void rejectsByDefault() {
        // when
        var it = running().start("r-2", "1.4.2", false, STEPS);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains("r-1 is running")
                .contains("AwaitingApproval");
    }

    @Test
    @DisplayName("B03: enqueueOne waits, is shown, and begins in the event that ends the running one")
    void startsWhatWaitsOnceTheRunningOneIsOver() {
        // given
        var it = running().start("r-2", "1.4.2", false, QUEUES);
        assertThat(it.messages(Topic.STATUS, Status.class))
                .singleElement()
                .satisfies(status -> assertThat(status.queued()).isEqualTo("r-2"));
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // when
        it.say(CommandType.APPROVE).applied();
        assertThat(it.state.rollout().id()).isEqualTo("r-1");
        it.applied();

        // then
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        assertThat(it.state.queued()).isNull();
        assertThat(it.messages(Topic.STATUS, Status.class))
                .extracting(Status::rollout, Status::phase)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("r-1", Phase.PROMOTED),
                        org.assertj.core.groups.Tuple.tuple("r-2", Phase.PROGRESSING));
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.lastOrder().active()).isEqualTo("checkout-canary");
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .extracting(Audit::decision, Audit::rollout)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("Promoted", "r-1"),
                        org.assertj.core.groups.Tuple.tuple("Started", "r-2"));
    }

    @Test
    @DisplayName("B03: of several that wait the newest stays, in whatever order they are read")
    void keepsTheNewest() {
        // given
        var it = running().start("r-2", "1.4.2", false, QUEUES);
        it.later(Duration.ofSeconds(1));

        // when
        it.start("r-3", "1.4.3", false, QUEUES);

        // then
        assertThat(it.decided(Decision.Dequeued.class).rollout()).isEqualTo("r-2");
        assertThat(it.state.queued().id()).isEqualTo("r-3");
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(audit -> audit.decision().equals("Dequeued"))
                .extracting(Audit::before)
                .containsExactly(Map.of("queued", "r-2"));

        // when
        it.sentAt = it.now.minusMillis(500);
        it.start("r-2b", "1.4.2", false, QUEUES);

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .contains("r-3")
                .contains("later");
        assertThat(it.state.queued().id()).isEqualTo("r-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z"})
    @DisplayName("B03: two starts of one millisecond come to the same, whichever is read first")
    void startsOfOneMillisecond(String first) {
        // given
        var second = first.equals("a") ? "z" : "a";
        var it = new Scenario();

        // when
        it.start(first, "of-" + first, false, SUPERSEDES).start(second, "of-" + second, false, SUPERSEDES);
        it.applied();

        // then
        assertThat(it.state.rollout().id()).isEqualTo("z");
        assertThat(it.state.queued()).isNull();
    }

    @Test
    @DisplayName("B03: supersede brings the running one to 0 before the new one's first order")
    void supersedes() {
        // when
        var it = running().start("r-2", "1.4.2", false, SUPERSEDES);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.SUPERSEDED);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().rollout()).isEqualTo("r-1");

        // when
        it.applied();

        // then
        assertThat(it.lastOrder().rollout()).isEqualTo("r-2");
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.messages(Topic.STATUS, Status.class))
                .extracting(Status::phase)
                .containsExactly(Phase.ROLLED_BACK, Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B02, B03: a degraded way back is ended at once, and the new begin takes the route")
    void takesARouteOver() {
        // given
        var it = running().say(CommandType.ABORT).report(Outcome.REFUSED, "the API says no");
        it.later(Duration.ofMinutes(31));
        assertThat(it.status().degraded()).isTrue();
        var stuck = it.lastOrder();

        // when
        it.start("r-2", "1.4.2", false, SUPERSEDES);

        // then
        assertThat(it.decided(Decision.Failed.class).why().code()).isEqualTo(ReasonCode.ROUTE_TAKEN_OVER);
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.lastOrder().generation()).isGreaterThan(stuck.generation());
        assertThat(it.state.route(stuck.route()).application()).isEqualTo("shop/checkout");
    }

    @Test
    @DisplayName("B03: one that becomes degraded while the next waits is taken over then")
    void takesOverWhatBecomesDegraded() {
        // given
        var it = running().start("r-2", "1.4.2", false, SUPERSEDES).report(Outcome.REFUSED, "the API says no");

        // when
        it.later(Duration.ofMinutes(31));

        // then
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        assertThat(it.lastOrder().begin()).isTrue();
    }

    @Test
    @DisplayName("B03: a degraded target whose routes the new one doesn't all begin goes on trying")
    void leavesNoRouteBehind() {
        // given
        var it = new Scenario()
                .start("r-1", "1.4.1", false, plan(twoRoutes("prod", weight(10), approval())))
                .applied()
                .applied();
        it.later(Duration.ofSeconds(1)).start("r-2", "1.4.2", false, SUPERSEDES);

        // when
        it.later(Duration.ofMinutes(31));

        // then
        assertThat(it.status().degraded()).isTrue();
        assertThat(it.state.rollout().id()).isEqualTo("r-1");
        it.applied();
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
    }

    @Test
    @DisplayName("B03: what the superseded one carried beside weights is gone before the new one begins")
    void ordersNothingOfTheOldOne() {
        // given
        var mirrored = plan(
                weight(10),
                new dev.sluice.schemas.rollout.Step.SetMirror(
                        new dev.sluice.schemas.rollout.Mirror(java.math.BigDecimal.TEN)),
                approval());
        var it = new Scenario()
                .start("r-1", "1.4.1", false, mirrored)
                .applied()
                .applied()
                .applied();
        assertThat(it.lastOrder().mirror()).isNotNull();

        // when
        it.later(Duration.ofSeconds(1)).start("r-2", "1.4.2", false, SUPERSEDES);

        // then
        assertThat(it.lastOrder().rollout()).isEqualTo("r-1");
        assertThat(it.lastOrder().mirror()).isNull();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    @DisplayName("B03: an abort of everything drops what waits as well, unless that was sent after it")
    void abortsWhatWaits() {
        // given
        var it = running();
        var before = it.now.minusMillis(1);
        it.start("r-2", "1.4.2", false, QUEUES);

        // when
        it.sentAt = before;
        it.say(CommandType.ABORT);

        // then
        assertThat(it.state.queued().id()).isEqualTo("r-2");

        // when
        it.sentAt = null;
        it.later(Duration.ofSeconds(1)).say(CommandType.ABORT, "bob", List.of(), null, null, true);

        // then
        assertThat(it.decided(Decision.Dequeued.class).rollout()).isEqualTo("r-2");
        it.applied();
        assertThat(it.state.running()).isFalse();
    }

    @Test
    @DisplayName("B03: an abort that names what waits drops that alone; one that names the running one leaves it")
    void abortsByName() {
        // given
        var it = running().start("r-2", "1.4.2", false, QUEUES);

        // when
        it.say(CommandType.ABORT, "bob", List.of(), null, new Command.Expect("r-2", null), false);

        // then
        assertThat(it.state.queued()).isNull();
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        // given
        it.later(Duration.ofSeconds(1)).start("r-3", "1.4.2", false, QUEUES);

        // when
        it.say(CommandType.ABORT, "bob", List.of(), null, new Command.Expect("r-1", null), false)
                .applied();

        // then
        assertThat(it.state.rollout().id()).isEqualTo("r-3");
    }

    @Test
    @DisplayName("B33: what waits holds its routes, and gives those back that only it took")
    void holdsTheRoutesOfWhatWaits() {
        // given
        var extra = inProgress(
                InProgress.ENQUEUE_ONE,
                plan(target("prod", List.of(), weight(100)), target("asia", List.of(), weight(100))));
        var asia = "asia/shop/trafficsplits.split.smi-spec.io/checkout";
        var it = running().start("r-2", "1.4.2", false, extra);
        assertThat(it.state.route(asia).application()).isEqualTo("shop/checkout");

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.state.route(asia).application()).isNull();
        assertThat(it.state.route(it.lastOrder().route()).application()).isEqualTo("shop/checkout");
    }

    @Test
    @DisplayName("B33: a route that the running one lets go of early is held on for what waits")
    void holdsOnToWhatIsLetGo() {
        // given
        var asia = "asia/shop/trafficsplits.split.smi-spec.io/checkout";
        var both =
                plan(target("prod", List.of(), weight(10), approval()), target("asia", List.of("prod"), weight(100)));
        var it = new Scenario().start("r-1", "1.4.1", false, both).applied().applied();
        it.later(Duration.ofSeconds(1));

        // when
        it.start("r-2", "1.4.2", false, inProgress(InProgress.SUPERSEDE, both));

        // then
        assertThat(it.target("asia").position().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.state.rollout().id()).isEqualTo("r-1");
        assertThat(it.state.route(asia).application()).isEqualTo("shop/checkout");
        it.applied();
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        it.say(CommandType.ABORT).applied();
        assertThat(it.state.route(asia).application()).isNull();
    }

    @Test
    @DisplayName("what waits never starts with backends the wrong way round")
    void looksAtTheRolesAgain() {
        // given
        var it = running();
        var other = inProgress(
                InProgress.ENQUEUE_ONE,
                plan(Plans.with(
                        target("prod", List.of(), weight(100)),
                        route -> new dev.sluice.schemas.rollout.Route(
                                route.identity(),
                                route.mesh(),
                                "checkout",
                                "checkout-next",
                                route.onPromoted(),
                                route.ownership(),
                                null,
                                route.entry()))));
        it.start("r-2", "1.4.2", false, other);

        // when
        it.say(CommandType.APPROVE).applied().applied();

        // then
        assertThat(it.decided(Decision.Dequeued.class).why().words()).contains("checkout-canary");
        assertThat(it.state.running()).isFalse();
    }

    @Test
    @DisplayName("B33: a route of another application is refused before it waits")
    void doesNotWaitForARouteOfAnother() {
        // given
        var it = running();
        var asia = "asia/shop/trafficsplits.split.smi-spec.io/checkout";
        it.state = it.state.with(RouteRow.unknown(asia).heldBy("shop/other"));

        // when
        it.start(
                "r-2",
                "1.4.2",
                false,
                inProgress(InProgress.ENQUEUE_ONE, plan(target("asia", List.of(), weight(100)))));

        // then
        assertThat(it.decided(Decision.Rejected.class).why().words()).contains("held by application shop/other");
        assertThat(it.state.queued()).isNull();
    }

    @Test
    @DisplayName("B03: a start of what runs, or waits, already is ignored")
    void ignoresWhatRunsAlready() {
        // given
        var it = running();

        // when, then
        it.start("r-2", "1.4.1", false, STEPS);
        assertThat(it.decided(Decision.Ignored.class).stored()).isTrue();
        it.start("r-3", "1.4.2", false, QUEUES).start("r-4", "1.4.2", false, QUEUES);
        assertThat(it.decided(Decision.Ignored.class).why().words()).contains("r-3");
        assertThat(it.state.queued().id()).isEqualTo("r-3");
    }

    @Test
    @DisplayName("B03: what is on its way back is no longer what was asked for")
    void doesNotIgnoreAStartOfWhatGoesBack() {
        // given
        var it = running().say(CommandType.ABORT);

        // when
        it.later(Duration.ofSeconds(1)).start("r-2", "1.4.1", false, QUEUES);

        // then
        assertThat(it.state.queued().id()).isEqualTo("r-2");
    }

    @Test
    @DisplayName("B03: a start of the revision that is stable, mid-rollout, is an abort, and that is all")
    void goesBackToWhatIsStable() {
        // given
        var it = new Scenario();
        it.state = promoted(it.state);
        it.start("r-2", "1.4.2", false, STEPS).applied().applied();

        // when
        it.later(Duration.ofSeconds(1)).start("r-3", "1.4.1", false, QUEUES);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ABORTED);
        assertThat(it.status().reason()).contains("bob").contains("1.4.1");
        assertThat(it.state.queued()).isNull();
        it.applied();
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        assertThat(it.state.running()).isFalse();
    }

    private static dev.sluice.engine.core.state.State promoted(dev.sluice.engine.core.state.State empty) {
        return new dev.sluice.engine.core.state.State(
                empty.application(), null, 0, Map.of(), Map.of("prod", "1.4.1"), empty.aborts(), Map.of());
    }

    @Test
    @DisplayName("B35, B37: one that was sent before what runs now, and is read after it, stops nothing")
    void takesNoOldStartOfWhatIsStableForAnAbort() {
        // given
        var it = new Scenario();
        it.state = promoted(it.state);
        it.start("r-2", "1.4.2", false, STEPS).applied().applied();

        // when
        it.sentAt = it.now.minusSeconds(60);
        it.start("r-0", "1.4.1", false, QUEUES);

        // then
        assertThat(it.hasDecided(Decision.Rejected.class)).isTrue();
        assertThat(it.phase()).isNotEqualTo(Phase.ROLLING_BACK);
    }
}
