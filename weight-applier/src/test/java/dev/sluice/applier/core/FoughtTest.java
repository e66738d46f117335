package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Objects that don't stay as they were written. */
class FoughtTest {
    @Test
    @DisplayName(
            "B40: a write that leaves the object otherwise is a failure that waits, not a reason to write again at once")
    void waitsWhenAWebhookChangesWhatIsWritten() {
        // given
        var trial = Trial.at(25).webhook(made -> made.weights(60, 40));

        // when
        trial.order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.writes).hasSize(1);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("asked for 50 %").contains("has 40 %");
        assertThat(trial.retries).isNotEmpty();
    }

    @Test
    @DisplayName("B40: an abort is heard between two such writes")
    void hearsAnAbortBetweenTheWrites() {
        // given
        var trial = Trial.at(25)
                .webhook(made -> made.weights(60, 40))
                .order(TestOrder.of(50).numbered(3));

        // when
        trial.webhook(made -> made).order(TestOrder.of(0).numbered(4));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isZero();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B40: repairs are made at once the first time and slower each time after, each told with its number")
    void repairsSlowerAndSlower() {
        // given
        var trial = Trial.at(25);

        // when
        for (int second = 0; second < 120; second++) {
            trial.edit(trial.made().weights(10, 90)).later(Duration.ofSeconds(1));
        }

        // then
        assertThat(trial.reports.stream().filter(report -> report.outcome() == Outcome.DRIFT_REPAIRED))
                .hasSizeBetween(4, 12);
        assertThat(trial.report().reason()).contains("times lately");
    }

    @Test
    @DisplayName("B40: an order is written at once, however many repairs there were")
    void ordersDontWaitForTheirTurn() {
        // given
        var trial = Trial.at(25);
        for (int i = 0; i < 5; i++) {
            trial.edit(trial.made().weights(10, 90)).later(Duration.ofSeconds(1));
        }

        // when
        trial.edit(trial.made().weights(10, 90)).order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isZero();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B40: an order that lowers isn't refused for the object's form, and says what is wrong with it")
    void lowersWhateverTheFormIs() {
        // given
        var trial = Trial.at(25);
        trial.with(trial.made().unfit("the split lists checkout-canary twice"));
        trial.webhook(made -> made.unfit("the split divides the traffic of other"));

        // when
        trial.edit(trial.made().weights(35, 65).unfit("the split lists checkout-canary twice"));
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isZero();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().reason()).contains("divides the traffic of other");
    }

    @Test
    @DisplayName("B40: a raise onto an object of the wrong form is never applied")
    void raisesNothingOnTheWrongForm() {
        // given
        var trial = Trial.at(25);
        trial.edit(trial.made().weights(35, 65).unfit("the split lists checkout-canary twice"));

        // when
        trial.edit(trial.made().weights(75, 25).unfit("the split divides the traffic of other"));
        trial.order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).contains("divides the traffic of other");
    }

    @Test
    @DisplayName("B17: both backends at 0 serve nobody: all to the active one at once, and it counts as taken back")
    void servesAgainWhenBothAreZero() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(0, 0).by("kubectl-edit"));

        // then
        assertThat(trial.object().weights().get(Trial.ACTIVE)).isEqualByComparingTo("100");
        assertThat(trial.object().weights().get(Trial.CANARY)).isZero();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
    }

    @Test
    @DisplayName("B17: somebody is served again whatever else is wrong with the object, and that is no failure")
    void servesAgainWhateverTheFormIs() {
        // given
        var trial = Trial.at(25);
        trial.webhook(made -> made.unfit("the split divides the traffic of other"));

        // when
        trial.edit(trial.made().weights(0, 0).unfit("the split divides the traffic of other"));

        // then
        assertThat(trial.object().weights().get(Trial.ACTIVE)).isEqualByComparingTo("100");
        assertThat(trial.outcomes()).contains(Outcome.DRIFT_REPAIRED).doesNotContain(Outcome.WAITING);
    }

    @Test
    @DisplayName("B43: the same pair with other content is superseded by what is known")
    void refusesAnotherOrderOfTheSamePair() {
        // given
        var trial = Trial.at(25);

        // when
        trial.order(TestOrder.of(0));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(trial.report().by().sequence()).isEqualTo(2);
        assertThat(trial.report().by().weight().percent()).isEqualByComparingTo("25");
    }

    @Test
    @DisplayName("B43: after a restart the object tells it, as it was written")
    void refusesAnotherOrderOfThePairOnTheObject() {
        // given
        var trial = Trial.open();
        trial.with(trial.own(75, 25));

        // when
        trial.order(TestOrder.of(0).ofGeneration(TestOrder.GENERATION - 1).numbered(9));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.SUPERSEDED);
    }

    @Test
    @DisplayName("B43: a fence alone keeps the active backend that the object names, and tells it")
    void aFenceAloneKeepsTheRoles() {
        // given
        var trial = Trial.open();
        trial.with(trial.own(75, 25));

        // when
        trial.order(TestOrder.of(0).weighing(null).between("checkout-canary", "checkout"));

        // then
        assertThat(trial.object().fence().active()).isEqualTo("checkout");
        assertThat(trial.report().by().active()).isEqualTo("checkout");
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
    }

    @Test
    @DisplayName(
            "B40 an object that can't carry the weight any more is not put back for ever: the report says what is wrong")
    void saysWhatNoWriteMends() {
        // given
        var trial = Trial.at(25);
        trial.webhook(made -> made.unfit("the DestinationRule has no subset canary: add it"));

        // when
        trial.edit(trial.made().weights(75, 25).unfit("the DestinationRule has no subset canary: add it"));

        // then
        assertThat(trial.outcomes()).doesNotContain(Outcome.DRIFT_REPAIRED);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("no subset canary");
    }
}
