package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.told.Inquiry;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What appliers are asked about a file that nobody has started. */
class InquiryTest {
    private static final Instant UNTIL = Instant.parse("2026-11-20T12:00:10Z");
    private static final Inquiry INQUIRY = new Inquiry("plan-1", "shop/checkout", "2", UNTIL);

    @Test
    void asksAboutEachRouteAsABeginningWouldAndBeginsNone() {
        // when
        var checks = INQUIRY.checks(plan(twoRoutes("prod", weight(10))), State.empty("shop/checkout"));

        // then
        assertThat(checks).hasSize(2).allSatisfy(check -> {
            assertThat(check.check()).isTrue();
            assertThat(check.begin()).isTrue();
            assertThat(check.rollout()).isEqualTo("plan-1");
            assertThat(check.revision()).isEqualTo("2");
            assertThat(check.weight()).isEqualTo(Weight.ZERO);
            assertThat(check.generation()).isZero();
            assertThat(check.sequence()).isZero();
            assertThat(check.deadline()).isEqualTo(UNTIL);
        });
        assertThat(checks).extracting(WeightOrder::active).containsExactly("checkout", "checkout-api");
    }

    @Test
    @DisplayName("B29 a promotion has swapped the roles: the check asks about the backend that is the canary now")
    void asksAboutTheRolesOfToday() {
        // given
        var plan = plan(weight(10));
        var route = plan.targets().getFirst().routes().getFirst().identity();
        var promoted = new RouteRow(route, "shop/checkout", 7, "checkout-canary", true, null);

        // when
        var checks = INQUIRY.checks(plan, State.empty("shop/checkout").with(promoted));

        // then
        assertThat(checks).singleElement().satisfies(check -> {
            assertThat(check.active()).isEqualTo("checkout-canary");
            assertThat(check.canary()).isEqualTo("checkout");
        });
    }
}
