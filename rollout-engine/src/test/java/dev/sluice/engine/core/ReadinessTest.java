package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.onEndpointsLost;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status.RouteStatus;
import dev.sluice.schemas.message.WeightReport.Endpoints;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Ready;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people see of what is behind the weights: the file's labels, ready endpoints, and when that was heard. */
class ReadinessTest {
    @Test
    void tellsTheFilesLabels() {
        // given
        var targets = plan(weight(10), approval()).targets();
        var labels = Map.of("team", "payments", "tier", "1");

        // when
        var it = new Scenario()
                .start(new RolloutPlan(
                        "shop/checkout", labels, targets, false, List.of(), InProgress.REJECT, List.of()));

        // then
        assertThat(it.status().labels()).isEqualTo(labels);
        assertThat(new Scenario().start(plan(weight(10))).status().labels()).isNull();
    }

    @Test
    void tellsHowManyEndpointsWereReadyAndWhenThatWasSaid() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        assertThat(route(it).endpoints()).isNull();
        assertThat(route(it).heardAt()).isNull();

        // when
        ready(it, Outcome.APPLIED, 6, 2);

        // then
        assertThat(route(it).endpoints()).isEqualTo(endpoints(6, 2));
        assertThat(route(it).heardAt()).isEqualTo(Scenario.START);
    }

    @Test
    void passesNothingOffAsCountedThatAnAnswerDoesNotCount() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        ready(it, Outcome.APPLIED, 6, 2);

        // when
        it.applied();

        // then
        assertThat(route(it).endpoints()).isNull();

        // when
        ready(it, Outcome.APPLIED, 6, 3);

        // then
        assertThat(route(it).endpoints()).isEqualTo(endpoints(6, 3));
    }

    @Test
    void tellsNothingAnewOfPodsThatComeAndGo() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        ready(it, Outcome.APPLIED, 6, 2);
        ready(it, Outcome.APPLIED, 6, 2);
        var version = it.status().version();

        // when
        ready(it, Outcome.APPLIED, 6, 3);
        ready(it, Outcome.APPLIED, 5, 1);

        // then
        assertThat(it.status().version()).isEqualTo(version);
        assertThat(route(it).endpoints()).isEqualTo(endpoints(6, 2));
    }

    @Test
    void tellsOnceThatTheActiveBackendHasNone() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        ready(it, Outcome.APPLIED, 6, 2);
        ready(it, Outcome.APPLIED, 6, 2);
        var before = it.status();

        // when
        ready(it, Outcome.APPLIED, 0, 2);
        ready(it, Outcome.APPLIED, 0, 2);

        // then
        assertThat(it.status().version()).isEqualTo(before.version() + 1);
        assertThat(route(it).endpoints()).isEqualTo(endpoints(0, 2));
        assertThat(it.status().reasonCode()).isEqualTo(before.reasonCode());
    }

    @Test
    void tellsThatTheCanaryHasNoneAndThatItHasSomeAgain() {
        // given
        var target = onEndpointsLost(target("prod", List.of(), weight(10), approval()), OnEndpointsLost.HOLD);
        var it = new Scenario().start(plan(target));
        ready(it, Outcome.APPLIED, 6, 2);
        ready(it, Outcome.APPLIED, 6, 2);

        // when
        ready(it, Outcome.ENDPOINTS_LOST, 6, 0);

        // then
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.ENDPOINTS_LOST);
        assertThat(route(it).endpoints()).isEqualTo(endpoints(6, 0));

        // when
        ready(it, Outcome.APPLIED, 6, 1);

        // then
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.status().reason()).isEqualTo("ready endpoints are behind checkout-canary again");
        assertThat(route(it).endpoints()).isEqualTo(endpoints(6, 1));
    }

    @Test
    void goesBackSayingThatTheCanaryHasNone() {
        // given
        var it = new Scenario().start(plan(weight(10), approval()));
        ready(it, Outcome.APPLIED, 6, 2);
        ready(it, Outcome.APPLIED, 6, 2);

        // when
        ready(it, Outcome.ENDPOINTS_LOST, 6, 0);

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(route(it).endpoints()).isEqualTo(endpoints(6, 0));
    }

    private static void ready(Scenario it, Outcome outcome, int active, int canary) {
        it.tell(Scenario.answer(it.lastOrder(), outcome, null, null, endpoints(active, canary), Map.of()));
    }

    private static Endpoints endpoints(int active, int canary) {
        return new Endpoints(new Ready(active), new Ready(canary));
    }

    private static RouteStatus route(Scenario it) {
        return it.status().routes().getFirst();
    }
}
