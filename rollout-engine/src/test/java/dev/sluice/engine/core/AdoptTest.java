package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdoptTest {
    @Test
    @DisplayName("B16: an adopted object keeps its weights at the beginning, and the rollout goes on from them")
    void goesOnFromTheWeightsFound() {
        // given
        var adopting = with(
                target("prod", List.of(), weight(5), weight(25), weight(100)),
                route -> route("prod", OnPromoted.SWAP, Ownership.ADOPT));
        var it = new Scenario().start(plan(adopting));
        assertThat(it.lastOrder().weight()).isNull();

        // when
        it.tell(new Event.ReportReceived(
                it.now,
                Scenario.answer(
                        it.lastOrder(),
                        Outcome.APPLIED,
                        null,
                        null,
                        null,
                        Map.of("checkout", 80.0, "checkout-canary", 20.0))));

        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(25));
        assertThat(it.status().step()).isEqualTo(2);
    }
}
