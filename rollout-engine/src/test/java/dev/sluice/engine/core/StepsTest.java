package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void movesStepByStepToFullWeightAndSwapsTheBackends() {
        // given
        var it = new Scenario().start(plan(weight(25), pause(Duration.ofMinutes(5)), weight(100)));
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);

        // when
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        it.later(Duration.ofMinutes(5));
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        it.applied();

        // then
        assertThat(it.lastOrder().end()).isEqualTo(End.KEEP);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.state.route(it.lastOrder().route()).active()).isEqualTo("checkout-canary");
        assertThat(it.status().active()).isEqualTo("checkout-canary");
    }

    @Test
    @DisplayName(
            "a route's session affinity is in its check and each of its orders, back and at the end too, and in no other route's")
    void ordersTheFilesSessionAffinity() {
        // given
        var affinity = new SessionAffinity("canary", Duration.ofHours(1));
        var both = Plans.twoRoutes("prod", weight(25), weight(100));
        var plan = Plans.with(both, route -> route.equals(both.routes().getFirst()) ? keeping(route, affinity) : route);
        var it = new Scenario();
        it.isUnhindered = false;
        it.start(plan(plan));
        var asked = List.copyOf(it.checks);
        it.isUnhindered = true;
        it.applied().applied();

        // when
        it.say(CommandType.ABORT);

        // then
        var kept = both.routes().getFirst().identity();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.orders.stream().map(WeightOrder::weight)).contains(Weight.percent(25));
        assertThat(asked).hasSize(2);
        assertThat(Stream.concat(asked.stream(), it.orders.stream()))
                .allSatisfy(order -> assertThat(order.sessionAffinity())
                        .isEqualTo(order.route().equals(kept) ? affinity : null));
    }

    private static Route keeping(Route route, SessionAffinity affinity) {
        return new Route(
                route.identity(),
                route.mesh(),
                route.active(),
                route.canary(),
                route.onPromoted(),
                route.ownership(),
                affinity,
                route.entry());
    }

    @Test
    @DisplayName("B20: the next rollout goes the other way round, and begins without moving anything")
    void goesTheOtherWayRoundTheSecondTime() {
        // given
        var it = new Scenario().start(plan(weight(100)));
        it.applied().applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        var first = it.lastOrder();

        // when
        it.start(plan(weight(100)));

        // then
        assertThat(it.lastOrder().active()).isEqualTo("checkout-canary");
        assertThat(it.lastOrder().canary()).isEqualTo("checkout");
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.lastOrder().generation()).isGreaterThan(first.generation());
    }

    @Test
    @DisplayName("B30: orders say which workload is behind which backend, and go on to once these have changed roles")
    void namesTheWorkloadsOfTheBackends() {
        // given
        var blue = Map.of("kind", "Deployment", "name", "blue");
        var green = Map.of("kind", "Deployment", "name", "green");
        var plan = plan(Plans.naming(
                Map.of("active", blue, "canary", green, "revisionFrom", "image"),
                target("prod", List.of(), weight(100))));

        // when
        var it = new Scenario().start(plan);

        // then
        assertThat(it.lastOrder().workload())
                .isEqualTo(Map.of("active", blue, "canary", green, "revisionFrom", "image"));

        // when
        it.applied().applied().applied().start(plan);

        // then
        assertThat(it.lastOrder().active()).isEqualTo("checkout-canary");
        assertThat(it.lastOrder().workload())
                .isEqualTo(Map.of("active", green, "canary", blue, "revisionFrom", "image"));
    }

    @Test
    void opensAnAnalysisAndGoesOnOnceAllItsRunsPassed() {
        // given
        var it = new Scenario().start(plan(weight(10), analysis(2, 0, 0), weight(100)));
        it.applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        var set = it.messages(Topic.ANALYSES, AnalysisSet.class).getFirst();
        var id = set.analyses().getFirst().analysis();

        // when
        it.verdict(id, 2, Verdict.Outcome.PASS);
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        it.verdict(id, 1, Verdict.Outcome.PASS);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.messages(Topic.ANALYSES, AnalysisSet.class).getFirst().analyses())
                .isEmpty();
    }

    @Test
    void waitsForAnApprovalByTheRoleItNames() {
        // given
        var it = new Scenario().start(plan(weight(10), approval("sre"), weight(100)));
        it.applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().waitingFor().roles()).containsExactly("sre");

        // when
        it.say(CommandType.APPROVE, "alice", List.of("dev"), null, null, false);
        assertThat(it.decided(Decision.Rejected.class).why().words())
                .startsWith("approve needs one of the roles [sre]; alice has [dev]");
        it.say(CommandType.APPROVE, "bob", List.of("sre"), null, null, false);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
    }

    @Test
    void rollsBackWhenNobodyApproves() {
        // given
        var it = new Scenario().start(plan(weight(10), approval(), weight(100)));
        it.applied().applied();

        // when
        it.later(Duration.ofHours(2));

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
    }

    @Test
    void startsADependantOnlyOnceItsDependencyIsPromoted() {
        // given
        var it = new Scenario()
                .start(plan(
                        target("staging", List.of(), weight(100)), target("prod", List.of("staging"), weight(100))));
        assertThat(it.phase()).isEqualTo(Phase.PENDING);

        // when
        it.applied().applied().applied();

        // then
        assertThat(it.target("staging").position().phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.lastOrder().target()).isEqualTo("prod");
    }

    @Test
    void cancelsADependantWhoseDependencyWasRolledBack() {
        // given
        var it = new Scenario()
                .start(plan(
                        target("staging", List.of(), weight(100)), target("prod", List.of("staging"), weight(100))));

        // when
        it.say(CommandType.ABORT, "alice", List.of(), "staging", null, false).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.status().reason()).contains("staging").contains("RolledBack");
    }
}
