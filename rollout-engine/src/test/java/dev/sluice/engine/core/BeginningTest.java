package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BeginningTest {
    @Test
    @DisplayName("the audit says which revisions are compared: whoever looks back later has metrics that name them")
    void theAuditTellsWhichRevisionsAreCompared() {
        // given
        var it = new Scenario()
                .start("r-1", "1.4.1", false, plan(weight(100)))
                .applied()
                .applied()
                .applied();

        // when
        it.later(Duration.ofSeconds(1)).start("r-2", "1.4.2", false, plan(weight(100)));

        // then
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(entry -> entry.decision().equals("Began"))
                .singleElement()
                .satisfies(began -> assertThat(began.after())
                        .containsEntry("revision", "1.4.2")
                        .containsEntry("stableRevision", "1.4.1"));
    }

    @Test
    @DisplayName("B41: the way back before the beginning was applied is a beginning too, by abort or by deadline")
    void theWayBackBeforeTheBeginningIsABeginning() {
        // given
        var aborted = new Scenario().start(plan(weight(10)));
        var late = new Scenario().start(plan(weight(10)));

        // when
        aborted.say(CommandType.ABORT);
        late.later(Duration.ofMinutes(31));

        // then
        for (var it : new Scenario[] {aborted, late}) {
            assertThat(it.ordered()).isEqualTo(Weight.ZERO);
            assertThat(it.lastOrder().begin()).isTrue();
            assertThat(it.lastOrder().sequence()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("B41: refused on that way, it ends without having moved anything, and lets go of the route")
    void endsWithNothingMovedWhereTheWayBackIsRefused() {
        // given
        var it = new Scenario().start(plan(weight(10)));
        it.say(CommandType.ABORT);

        // when
        it.report(Outcome.REFUSED, "the object gives checkout no weight");

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.lastOrder().weight()).isNull();
        assertThat(it.lastOrder().end()).isEqualTo(WeightOrder.End.RELEASE);
        assertThat(it.status().reason()).contains("aborted by alice");
    }

    @Test
    @DisplayName("B41: a fence that this engine wrote is no proof that it moved what it found there (found by seed 65)")
    void itsOwnFenceOverTrafficThatOthersMovedProvesNothing() {
        // given
        var it = new Scenario().start(plan(weight(10)));
        it.report(Outcome.REFUSED, "the object gives checkout no weight");
        var letGo = it.lastOrder();
        it.now = it.now.plusSeconds(5);
        it.start(plan(weight(10))).say(CommandType.ABORT);

        // when
        it.tell(Scenario.answer(
                it.lastOrder(),
                Outcome.REFUSED,
                "the object gives checkout no weight",
                new Fence(letGo.generation(), letGo.sequence(), Weight.FULL, "checkout"),
                null,
                Map.of("checkout", 0.0, "checkout-canary", 100.0)));

        // then
        assertThat(it.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(it.lastOrder().weight()).isNull();
    }

    @Test
    @DisplayName("B41: of several routes only those that haven't begun are protected on the way back")
    void protectsTheRoutesThatHaveNotBegun() {
        // given
        var it = new Scenario().start(plan(twoRoutes("prod", weight(10))));
        var first = it.newestOrders().getFirst();
        it.tell(Scenario.answer(first, Outcome.APPLIED, null));

        // when
        it.say(CommandType.ABORT);

        // then
        var back = it.newestOrders();
        assertThat(back).extracting(WeightOrder::begin).containsExactly(false, true);
        it.tell(Scenario.answer(back.get(0), Outcome.APPLIED, null));
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        it.tell(Scenario.answer(back.get(1), Outcome.REFUSED, "the object gives checkout no weight"));
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @DisplayName("B41: sent again, an order says what it said before, whatever was answered meanwhile")
    void repeatsWordByWord() {
        // given
        var it = new Scenario().start(plan(twoRoutes("prod", weight(10))));
        it.say(CommandType.ABORT);
        var back = it.newestOrders();
        it.tell(Scenario.answer(back.get(0), Outcome.APPLIED, null));

        // when
        it.later(Duration.ofSeconds(10));

        // then
        assertThat(it.newestOrders()).extracting(WeightOrder::sequence).containsExactly(2L, 2L);
        assertThat(it.newestOrders()).extracting(WeightOrder::begin).containsExactly(true, true);
    }

    @Test
    @DisplayName(
            "B39: an order that nobody answers is sent again less and less often, for an applier may only be behind")
    void repeatsLessAndLessOften() {
        // given
        var it = new Scenario().start(plan(weight(10)));

        // when
        var after = new ArrayList<Integer>();
        for (var second = 5; second <= 300; second += 5) {
            it.later(Duration.ofSeconds(5));
            if (it.decided.stream().anyMatch(Decision.OrderRepeated.class::isInstance)) {
                after.add(second);
            }
        }

        // then
        assertThat(after).containsExactly(10, 20, 40, 80, 140, 200, 260);
    }

    @Test
    @DisplayName("B41: once begun, the way back is an ordinary order")
    void goesBackOnceBegun() {
        // given
        var it = new Scenario().start(plan(weight(10), approval())).applied().applied();

        // when
        it.say(CommandType.ABORT);

        // then
        assertThat(it.lastOrder().begin()).isFalse();
    }
}
