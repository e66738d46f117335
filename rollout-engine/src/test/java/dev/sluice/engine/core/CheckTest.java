package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.twoRoutes;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.WakeUp;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What stands in a target's way is asked before its first weight. */
class CheckTest {
    private static final Finding MISSING =
            Finding.error(Code.SERVICE_MISSING, "Service shop/checkout-canary does not exist: create it");
    private static final Finding UNREAD = Finding.warning(Code.NOT_LOOKED_AT, "policies were not looked at");

    private final Scenario it = new Scenario();

    private Scenario begun() {
        it.isUnhindered = false;
        return it.start(plan(weight(10), weight(50)));
    }

    private void answer(WeightOrder check, Finding... findings) {
        it.tell(checked(check, findings));
    }

    private static WeightReport checked(WeightOrder check, Finding... findings) {
        return WeightReport.checked(check, List.of(findings), null, Instant.EPOCH);
    }

    @Test
    void theBeginningIsCheckedWhileItIsCarriedOut() {
        // when
        begun();
        // then
        assertThat(it.orders)
                .singleElement()
                .satisfies(order -> assertThat(order.begin()).isTrue());
        assertThat(it.checks).singleElement().satisfies(check -> {
            assertThat(check.check()).isTrue();
            assertThat(check.begin()).isTrue();
            assertThat(check.weight()).isEqualTo(Weight.ZERO);
            assertThat(check.generation()).isEqualTo(it.lastOrder().generation());
            assertThat(check.sequence()).isZero();
            assertThat(check.route()).isEqualTo(it.lastOrder().route());
            assertThat(check.mesh()).isEqualTo(it.lastOrder().mesh());
        });
    }

    @Test
    void noWeightBeforeTheAnswer() {
        // given
        begun().applied();
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.status().waitingFor().kind()).isEqualTo("check");
        // when
        answer(it.checks.getFirst(), UNREAD);
        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.decided(Decision.Checked.class).why().words()).contains("warning: policies were not looked at");
    }

    @Test
    void theWeightComesWithTheLastOfBothAnswers() {
        // given
        begun();
        answer(it.checks.getFirst());
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        // when
        it.applied();
        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    void anErrorHoldsTheFirstWeightUntilItIsMended() {
        // given
        begun();
        answer(it.checks.getFirst(), MISSING, UNREAD);
        // when
        it.applied();
        // then it looks once more as soon as the beginning is carried out, and then less and less often
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.status().reasonCode()).isEqualTo(ReasonCode.CHECK_FAILED);
        assertThat(it.status().reason()).contains("Service shop/checkout-canary does not exist");
        assertThat(it.checks).hasSize(1);
        answer(it.checks.getFirst(), MISSING, UNREAD);
        assertThat(it.checks).isEmpty();
        it.later(Duration.ofSeconds(9));
        assertThat(it.checks).isEmpty();
        it.later(Duration.ofSeconds(1));
        assertThat(it.checks).hasSize(1);
        it.later(Duration.ofSeconds(19));
        assertThat(it.checks).hasSize(1);
        it.later(Duration.ofSeconds(1));
        assertThat(it.checks).hasSize(2);
        // when
        answer(it.checks.getLast(), UNREAD);
        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    void silenceHoldsItForAMoment() {
        // given
        begun().applied();
        // when
        it.later(Duration.ofMillis(4999));
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        it.later(Duration.ofMillis(1));
        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
        assertThat(it.hasDecided(Decision.Unchecked.class)).isTrue();
    }

    @Test
    void anErrorThatIsNotMendedByTheDeadlineEndsIt() {
        // given
        begun();
        answer(it.checks.getFirst(), MISSING);
        it.applied();
        // when
        it.later(Duration.ofMinutes(30)).applied();
        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.status().reason()).contains("the check still finds", "does not exist");
    }

    @Test
    void aWakeUpComesForEachMoment() {
        // given
        begun().applied();
        assertThat(WakeUps.of(it.state)).extracting(WakeUp::at).containsExactly(it.now.plusSeconds(5));
        // when
        answer(it.checks.getFirst(), MISSING);
        // then
        assertThat(WakeUps.of(it.state)).extracting(WakeUp::at).containsExactly(it.now.plusSeconds(10));
    }

    @Test
    void eachRouteIsAsked() {
        // given
        it.isUnhindered = false;
        it.start(plan(twoRoutes("prod", weight(10)))).applied();
        assertThat(it.checks).hasSize(2);
        // when
        answer(it.checks.getFirst());
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        answer(it.checks.getFirst());
        // then
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    void whatSomebodyElseAskedAnswersNothing() {
        // given
        begun().applied();
        var other = new Scenario();
        other.isUnhindered = false;
        other.start("another-rollout", plan(weight(10)));
        // when
        it.tell(checked(other.checks.getFirst()));
        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.hasDecided(Decision.Ignored.class)).isTrue();
    }

    @Test
    void theCheckIsForgottenOnceNobodyWaits() {
        // given
        begun().applied();
        var check = it.checks.getFirst();
        var tombstone = new Publication.Tombstone(Topic.WEIGHTS, "check:" + check.route());
        assertThat(it.published).doesNotContain(tombstone);
        // when
        answer(check);
        // then
        assertThat(it.published).contains(tombstone);
        it.applied();
        assertThat(it.published).doesNotContain(tombstone);
    }

    @Test
    void anAbortWaitsForNoCheck() {
        // given
        begun();
        // when
        it.say(CommandType.ABORT).applied();
        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(it.target("prod").preflight()).isNull();
    }

    @Test
    void whileAnOperatorHoldsItNothingIsAsked() {
        // given
        begun();
        it.say(CommandType.PAUSE);
        answer(it.checks.getFirst(), MISSING);
        // when
        it.applied();
        // then
        assertThat(it.checks).isEmpty();
        assertThat(WakeUps.of(it.state)).isEmpty();
        it.say(CommandType.RESUME);
        assertThat(it.checks).hasSize(1);
    }

    @Test
    @DisplayName("B14: no time limit runs out while an operator holds it")
    void aPauseTakesNoTime() {
        // given
        begun();
        answer(it.checks.getFirst(), MISSING);
        it.applied();
        answer(it.checks.getFirst(), MISSING);
        it.say(CommandType.PAUSE);
        it.later(Duration.ofHours(2));

        // when
        it.say(CommandType.RESUME);

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(it.checks).hasSize(1);
        answer(it.checks.getFirst());
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("a check that there was no room for takes no error back, and holds nothing")
    void oneThatWasNotMadeSaysNothing() {
        // given
        var crowded = Finding.warning(Code.NOT_MADE, "not looked at: other checks wait already");
        begun().applied();
        answer(it.checks.getFirst(), MISSING);

        // when
        answer(it.checks.getFirst(), crowded);

        // then
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        var other = new Scenario();
        other.isUnhindered = false;
        other.start(plan(weight(10))).applied();
        other.tell(checked(other.checks.getFirst(), crowded));
        assertThat(other.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    void manyFindingsAreCut() {
        // given
        begun();
        var long100 = Stream.generate(() -> Finding.warning(Code.PORTS_DIFFER, "x".repeat(2000)))
                .limit(100)
                .toArray(Finding[]::new);

        // when
        answer(it.checks.getFirst(), long100);

        // then
        assertThat(it.status().reason()).hasSizeLessThan(4096);
    }
}
