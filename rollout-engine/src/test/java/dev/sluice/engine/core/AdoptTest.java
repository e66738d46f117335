package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Step;
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

    @Test
    @DisplayName("B51: what stands behind a weight that is reached already is still waited for and judged")
    void waitsForWhatStandsBehindTheWeightFound() {
        // given
        var adopting = with(
                target("prod", List.of(), weight(5), analysis(1, 0, 0), weight(25), approval("sre"), weight(80)),
                route -> route("prod", OnPromoted.SWAP, Ownership.ADOPT));
        var it = new Scenario().start(plan(adopting));

        // when
        it.tell(Scenario.answer(
                it.lastOrder(), Outcome.APPLIED, null, null, null, Map.of("checkout", 50.0, "checkout-canary", 50.0)));

        // then
        assertThat(it.decided(Decision.StepPassedOver.class).why().words())
                .contains("5 %")
                .contains("50 %");
        assertThat(it.phase()).isEqualTo(Phase.ANALYZING);
        assertThat(it.status().weight().desired()).isEqualTo(Weight.percent(50));
        it.verdict(it.target("prod").judging().steps().getFirst().id(), 1, Verdict.Outcome.PASS);
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.orders).hasSize(1);
        it.say(CommandType.APPROVE, "bob", List.of("sre"), null, null, false);
        assertThat(it.ordered()).isEqualTo(Weight.percent(80));
    }

    @Test
    @DisplayName("B51: a match ordered before the first weight leaves what was taken over where it stands")
    void aMatchLeavesWhatWasTakenOver() {
        // given
        var beta = new Match(
                List.of(new Match.Condition("x-beta", "1", null, null)), List.of(), List.of(), null, null, Map.of());
        var adopting = with(
                target("prod", List.of(), new Step.SetMatch(beta), approval("sre"), weight(25), weight(80)),
                route -> route("prod", OnPromoted.SWAP, Ownership.ADOPT));
        var it = new Scenario().start(plan(adopting));

        // when
        it.tell(Scenario.answer(
                it.lastOrder(), Outcome.APPLIED, null, null, null, Map.of("checkout", 60.0, "checkout-canary", 40.0)));

        // then
        assertThat(it.lastOrder().match()).isEqualTo(beta);
        assertThat(it.ordered()).isEqualTo(Weight.percent(40));
        assertThat(it.applied().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        it.say(CommandType.APPROVE, "bob", List.of("sre"), null, null, false);
        assertThat(it.ordered()).as("25 % would be less").isEqualTo(Weight.percent(40));
        it.applied();
        assertThat(it.ordered()).isEqualTo(Weight.percent(80));
    }
}
