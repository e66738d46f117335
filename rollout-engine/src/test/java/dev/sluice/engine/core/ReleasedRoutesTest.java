package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Since when nobody needs the last order of a route: only what an applier has carried out may be forgotten. */
class ReleasedRoutesTest {
    private static RolloutPlan handback() {
        return plan(with(
                target("prod", List.of(), weight(10), approval(), weight(100)),
                route -> route("prod", OnPromoted.HANDBACK, Ownership.OWN)));
    }

    private static RouteRow row(Scenario it) {
        return it.state.route(it.lastOrder().route());
    }

    @Test
    void isReleasedOnceItsLastOrderIsCarriedOut() {
        // given
        var it = new Scenario().start(handback()).applied().applied();
        it.say(CommandType.ABORT);
        assertThat(row(it).released()).isNull();

        // when
        it.later(Duration.ofSeconds(5)).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(row(it).application()).isNull();
        assertThat(row(it).released()).isEqualTo(it.now);
        assertThat(row(it).forgotten().generation()).isEqualTo(it.lastOrder().generation());
    }

    @Test
    void isNotReleasedWhereItRests() {
        // given
        var it = new Scenario().start(plan(weight(10))).applied().applied();

        // when
        it.say(CommandType.ABORT).applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(row(it).application()).isEqualTo("shop/checkout");
        assertThat(row(it).released()).isNull();
    }

    @Test
    void whatNobodyAnsweredStaysUntilItIsCarriedOut() {
        // given
        var it = new Scenario().start(handback());

        // when
        it.report(Outcome.REFUSED, "the split gives checkout no weight");

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(row(it).application()).isNull();
        assertThat(row(it).released()).isNull();
    }

    @Test
    void aReleaseThatWasAbandonedStays() {
        // given
        var it = new Scenario().start(handback()).applied().applied();
        it.say(CommandType.ABORT).later(Duration.ofMinutes(31));

        // when
        it.say(CommandType.ABANDON);

        // then
        assertThat(it.phase()).isEqualTo(Phase.FAILED);
        assertThat(row(it).application()).isNull();
        assertThat(row(it).released()).isNull();
    }

    @Test
    void isHeldAgainByWhoeverStartsNext() {
        // given
        var it = new Scenario().start(handback()).applied().applied().say(CommandType.ABORT);
        it.applied();
        var before = row(it);
        assertThat(before.released()).isNotNull();

        // when
        it.later(Duration.ofSeconds(1)).start(handback());

        // then
        assertThat(row(it).application()).isEqualTo("shop/checkout");
        assertThat(row(it).released()).isNull();
        assertThat(it.lastOrder().generation()).isGreaterThan(before.generation());
    }
}
