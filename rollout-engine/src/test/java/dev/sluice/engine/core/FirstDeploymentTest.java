package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirstDeploymentTest {
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static Scenario begun() {
        return new Scenario()
                .start(plan(weight(5), pause(Duration.ofHours(1)), analysis(3, 0, 0), approval("sre"), weight(100)));
    }

    @Test
    @DisplayName(
            "B29: over an active backend that stayed empty all traffic goes to the canary, but not past an approval by role")
    void skipsPausesAndAnalysesAtTheFirstDeployment() {
        // given
        var it = begun();
        assertThat(it.lastOrder().firstDeployment()).isEqualTo(FirstDeployment.DIRECT);
        assertThat(it.lastOrder().settle()).isEqualTo(SETTLED);

        // when
        it.tell(Scenario.appliedOverEmptyActive(it.lastOrder(), SETTLED));

        // then
        assertThat(it.hasDecided(Decision.FirstDeployment.class)).isTrue();
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        it.say(CommandType.APPROVE, "bob", List.of("sre"), null, null, false);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        it.applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    @DisplayName("B29: a single count of no ready endpoint is no first deployment")
    void isNoFirstDeploymentByOneLook() {
        // given
        var it = begun();

        // when
        it.tell(Scenario.appliedOverEmptyActive(it.lastOrder(), Duration.ofMillis(100)));

        // then
        assertThat(it.hasDecided(Decision.FirstDeployment.class)).isFalse();
        assertThat(it.ordered()).isEqualTo(Weight.percent(5));
    }

    @Test
    @DisplayName("B29: once something was promoted an empty active backend is waited for")
    void isNoFirstDeploymentAfterAPromotion() {
        // given
        var it = new Scenario().start(plan(weight(100)));
        it.applied().applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);

        // when
        it.start(plan(weight(5), approval("sre"), weight(100)));

        // then
        assertThat(it.lastOrder().begin()).isTrue();
        assertThat(it.lastOrder().firstDeployment()).isNull();
        it.tell(Scenario.answer(it.lastOrder(), Outcome.WAITING, "checkout-canary has no ready endpoint"));
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.WAITING_FOR_ENDPOINTS);
        it.tell(Scenario.appliedOverEmptyActive(it.lastOrder(), SETTLED));
        assertThat(it.hasDecided(Decision.FirstDeployment.class)).isFalse();
        assertThat(it.ordered()).isEqualTo(Weight.percent(5));
    }

    @Test
    @DisplayName("B29: not even once the application was deleted, for its routes remember")
    void routesRememberAPromotion() {
        // given
        var it = new Scenario().start(plan(weight(100)));
        it.applied().applied().applied().say(CommandType.DELETE);
        assertThat(it.state.rollout()).isNull();

        // when
        it.start(plan(weight(5), weight(100)));

        // then
        assertThat(it.lastOrder().firstDeployment()).isNull();
    }

    @Test
    @DisplayName("B29: a route that has endpoints keeps the whole target from being a first deployment")
    void everyRouteHasToBeEmpty() {
        // given
        var it = new Scenario().start(plan(Plans.twoRoutes("prod", weight(5), weight(100))));
        var orders = it.newestOrders();

        // when
        it.tell(Scenario.appliedOverEmptyActive(orders.get(0), SETTLED));
        it.tell(Scenario.answer(
                orders.get(1),
                Outcome.APPLIED,
                null,
                null,
                new WeightReport.Endpoints(new WeightReport.Ready(1), new WeightReport.Ready(1)),
                Map.of()));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(5));
    }
}
