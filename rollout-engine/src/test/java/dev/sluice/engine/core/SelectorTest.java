package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B20: onPromoted: selector")
class SelectorTest {
    /** At 100 %, with the Service's selector ordered. */
    private static Scenario selecting() {
        var selector = with(
                target("prod", List.of(), weight(50), weight(100)),
                route -> route("prod", OnPromoted.SELECTOR, Ownership.OWN));
        return new Scenario().start(plan(selector)).applied().applied().applied();
    }

    @Test
    void theSelectorIsSwitchedAtTheTopAndThenTheTrafficGoesBack() {
        // given
        var it = selecting();
        assertThat(it.phase()).isEqualTo(Phase.FINALIZING);
        assertThat(it.ordered()).isEqualTo(Weight.FULL);
        assertThat(it.lastOrder().selector()).isEqualTo(Selector.CANARY);
        assertThat(it.lastOrder().end()).isNull();

        // when
        it.applied();

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().selector()).isEqualTo(Selector.CANARY);
        assertThat(it.lastOrder().end()).isEqualTo(End.RELEASE);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.state.route(it.lastOrder().route()).active()).isEqualTo("checkout");
        assertThat(it.state.route(it.lastOrder().route()).application()).isNull();
    }

    @Test
    void noOrderBeforeLooksAtIt() {
        assertThat(selecting().orders)
                .hasSize(4)
                .extracting(WeightOrder::selector)
                .containsExactly(null, null, null, Selector.CANARY);
    }

    @Test
    void anAbortSwitchesItBackWithTheTraffic() {
        // given
        var it = selecting();

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().selector()).isEqualTo(Selector.OWN);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B01: so does one on the last way, as long as nobody has said that it is over")
    void anAbortOnTheLastWaySwitchesItBackToo() {
        // given
        var it = selecting().applied();

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.lastOrder().selector()).isEqualTo(Selector.OWN);
        it.applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void aRefusalSwitchesItBackToo() {
        // given
        var it = selecting();

        // when
        it.report(Outcome.REFUSED, "Service shop/checkout-canary has no selector");

        // then
        assertThat(it.lastOrder().selector()).isEqualTo(Selector.OWN);
        assertThat(it.status().reason()).contains("has no selector");
    }

    @Test
    @DisplayName(
            "B43: a way back asks for the Service's own wherever it comes from: who knows what a lost database had ordered")
    void anAbortBeforeItAsksForTheOwnOne() {
        // given
        var selector = with(
                target("prod", List.of(), weight(50), weight(100)),
                route -> route("prod", OnPromoted.SELECTOR, Ownership.OWN));
        var beginning = new Scenario().start(plan(selector));
        var moving = new Scenario().start(plan(selector)).applied().applied();

        // when
        beginning.say(CommandType.ABORT);
        moving.say(CommandType.ABORT);

        // then
        assertThat(beginning.lastOrder().selector()).isEqualTo(Selector.OWN);
        assertThat(moving.lastOrder().selector()).isEqualTo(Selector.OWN);
    }

    @Test
    @DisplayName("B34: a fence raised on the last way keeps what was promoted")
    void aRaisedFenceOnTheLastWayDoesNotSwitchItBack() {
        // given
        var it = selecting().applied();
        var last = it.lastOrder();
        assertThat(last.end()).isEqualTo(End.RELEASE);

        // when
        it.tell(Scenario.answer(
                last,
                Outcome.SUPERSEDED,
                null,
                new Fence(last.generation() + 5, 3, Weight.percent(10), "checkout"),
                null,
                Map.of()));

        // then
        assertThat(it.lastOrder().generation()).isGreaterThan(last.generation());
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.lastOrder().selector()).isEqualTo(Selector.CANARY);
    }

    @Test
    void theCheckAsksForTheServicesToo() {
        // given
        var it = new Scenario();
        it.isUnhindered = false;

        // when
        it.start(plan(with(
                target("prod", List.of(), weight(100)), route -> route("prod", OnPromoted.SELECTOR, Ownership.OWN))));

        // then
        assertThat(it.checks)
                .singleElement()
                .satisfies(check -> assertThat(check.selector()).isEqualTo(Selector.OWN));
    }
}
