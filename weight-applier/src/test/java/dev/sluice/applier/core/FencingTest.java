package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FencingTest {

    @Test
    @DisplayName("B09 writes nothing before the order log is read, and then only the newest order")
    void writesNothingBeforeTheOrderLogIsRead() {
        // given
        var trial = Trial.readingTheLog();

        // when
        trial.order(TestOrder.begins()).order(TestOrder.of(50).numbered(3)).order(TestOrder.of(25));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.reports).isEmpty();

        // when
        trial.logRead();

        // then
        assertThat(trial.writes).hasSize(1);
        assertThat(trial.report().sequence()).isEqualTo(3);
    }

    @Test
    @DisplayName("B09 a late order is superseded by the newest one and writes nothing")
    void refusesALateOrder() {
        // given
        var trial = Trial.at(50);

        // when
        trial.order(TestOrder.of(25).numbered(1));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(trial.report().sequence()).isEqualTo(1);
        assertThat(trial.report().by()).isEqualTo(new Fence(TestOrder.GENERATION, 2, Weight.percent(50), Trial.ACTIVE));
    }

    @Test
    @DisplayName("B34 a fence that leaves no room above it is written over, as one that nobody can read")
    void writesOverAnImpossibleFence() {
        // given
        var trial = Trial.open();
        trial.with(trial.own(100, 0).fenced(new Fence(Long.MAX_VALUE, 1, Weight.ZERO, null)));

        // when
        trial.order(TestOrder.begins());

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(trial.object().fence().generation()).isEqualTo(TestOrder.GENERATION);
    }

    @Test
    @DisplayName("B09 the same order again is read back and answered again, without a write")
    void answersTheSameOrderAgain() {
        // given
        var trial = Trial.at(50);

        // when
        trial.order(TestOrder.of(50));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B09 an object that was deleted is made again at the newest order's weight")
    void makesADeletedObjectAgain() {
        // given
        var trial = Trial.at(50);

        // when
        trial.delete();

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
        assertThat(trial.outcomes()).contains(Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName("B09 a lost annotation is drift: the fence is put back, and late orders stay refused")
    void putsALostAnnotationBack() {
        // given
        var trial = Trial.at(50);

        // when
        trial.edit(trial.made().fenced(null).by("kubectl"));
        trial.order(TestOrder.of(25).numbered(1));

        // then
        assertThat(trial.object().fence().sequence()).isEqualTo(2);
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED, Outcome.SUPERSEDED);
        assertThat(trial.reports.getFirst().actor()).isEqualTo("kubectl");
    }

    @Test
    @DisplayName("B34 a later fence on the object supersedes the order and is named with its weight and active backend")
    void yieldsToALaterFence() {
        // given
        var later = new Fence(TestOrder.GENERATION + 5, 7, Weight.percent(40), "checkout-canary");
        var trial = Trial.open();
        trial.with(trial.own(60, 40).fenced(later));

        // when
        trial.order(TestOrder.of(0));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(trial.report().by()).isEqualTo(later);
        assertThat(trial.report().found()).containsEntry(Trial.CANARY, 40.0);
    }

    @Test
    @DisplayName("B34 an order without a weight writes the fence and leaves the weights")
    void raisesTheFenceAlone() {
        // given
        var trial = Trial.open();
        trial.with(trial.own(60, 40));

        // when
        trial.order(TestOrder.of(0).weighing(null));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("40");
        assertThat(trial.object().fence())
                .isEqualTo(new Fence(TestOrder.GENERATION, 2, Weight.percent(40), Trial.ACTIVE));
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B06 after a crash between write and report, the order read again is reported without another write")
    void reportsAfterACrash() {
        // given
        var trial = Trial.at(50);

        // when
        trial.restart(TestOrder.begins(), TestOrder.of(50));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B06 the same fact told twice has the same id")
    void tellsTheSameFactUnderTheSameId() {
        // given
        var trial = Trial.open().order(TestOrder.begins());
        var first = trial.reportIds.getLast();

        // when
        trial.restart(TestOrder.begins());

        // then
        assertThat(trial.reportIds).containsExactly(first);
    }

    @Test
    @DisplayName("B35 the newest order wins in whatever order they are read")
    void newestOrderWins() {
        // given
        var trial = Trial.readingTheLog();

        // when
        trial.order(TestOrder.of(50).numbered(4))
                .order(TestOrder.begins())
                .order(TestOrder.of(75).numbered(3))
                .logRead();

        // then
        assertThat(trial.report().sequence()).isEqualTo(4);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
    }

    @Test
    @DisplayName("B34 once the canary keeps all traffic, the annotation names it as the active backend")
    void namesTheActiveBackendOfTheNextRollout() {
        // given
        var trial = Trial.at(100);
        assertThat(trial.object().fence().active()).isEqualTo(Trial.ACTIVE);

        // when
        trial.order(TestOrder.of(100).numbered(3).ending(End.KEEP));

        // then
        assertThat(trial.object().fence().active()).isEqualTo(Trial.CANARY);
    }
}
