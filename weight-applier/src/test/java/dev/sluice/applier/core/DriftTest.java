package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DriftTest {

    @Test
    @DisplayName("B15 weights edited by hand are put back and reported with who did it")
    void putsWeightsBack() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(10, 90).by("kubectl-edit"));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
        assertThat(trial.report().actor()).isEqualTo("kubectl-edit");
    }

    @Test
    @DisplayName("B15 where a tool applies the object from Git again, the report says how to end the fight")
    void saysHowToEndTheFight() {
        // given
        var trial = Trial.at(25);

        // when
        trial.webhook(made -> made.advising("add to its Application ignoreDifferences"))
                .edit(trial.made().weights(10, 90).by("argocd-controller"));

        // then
        assertThat(trial.report().reason()).endsWith("add to its Application ignoreDifferences");
    }

    @Test
    @DisplayName("B15 an edit that the watch shows before a write's answer is here is put back too")
    void putsBackWhatOvertookAnAnswer() {
        // given
        var trial = Trial.at(25);

        // when
        trial.editBeforeTheNextAnswer(trial.made().weights(10, 90))
                .order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED, Outcome.APPLIED);
    }

    @Test
    @DisplayName("B15 a deletion that the watch shows before a write's answer is here is put back too")
    void createsWhatWasDeletedBeforeAnAnswer() {
        // given
        var trial = Trial.at(25);

        // when
        trial.deleteBeforeTheNextAnswer().order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("50");
        assertThat(trial.outcomes()).containsExactly(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B15 each repair is told under an id of its own")
    void countsEachRepair() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(10, 90))
                .edit(trial.made().weights(10, 90))
                .later(Duration.ofSeconds(1));

        // then
        assertThat(trial.reportIds).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("B15 the canary set to 0 by hand is taken back and never raised again")
    void neverRaisesWhatWasTakenBack() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(100, 0).by("kubectl-edit"));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
        assertThat(trial.report().actor()).isEqualTo("kubectl-edit");

        // when
        trial.order(TestOrder.of(50).numbered(3));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
        assertThat(trial.report().sequence()).isEqualTo(3);
    }

    @Test
    @DisplayName("B15 the abort that follows a taken-back route is written")
    void writesTheAbort() {
        // given
        var trial = Trial.at(25);
        trial.edit(trial.made().weights(100, 0).by("kubectl-edit"));

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.object().fence().sequence()).isEqualTo(3);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B15 a canary at 0 is drift where it comes from server-side apply")
    void repairsAnApply() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(100, 0).appliedBy("kubectl"));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName("B15 a canary at 0 is drift where a GitOps manager wrote it")
    void repairsAGitopsWrite() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(100, 0).by("argocd-controller"));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName("B15 a canary at 0 is drift where it repeats the last applied configuration")
    void repairsAReapply() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(100, 0).by("kubectl-client-side-apply").rememberingAsApplied());

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName("B15 a canary at 0 is drift where the annotation is gone too")
    void repairsAReplacedObject() {
        // given
        var trial = Trial.at(25);

        // when
        trial.edit(trial.made().weights(100, 0).fenced(null).by("kubectl-replace"));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
    }

    @Test
    @DisplayName("B15 the paused annotation stops all writes, rollbacks included, and shows in a report")
    void writesNothingWhilePaused() {
        // given
        var trial = Trial.at(25);
        trial.edit(trial.made().weights(60, 40).paused());

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.writes).isEmpty();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("sluice.dev/paused");

        // when
        trial.edit(trial.made());

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName("B15 repairs go on past the order's deadline")
    void repairsPastTheDeadline() {
        // given
        var trial = Trial.at(25).later(Duration.ofDays(2));

        // when
        trial.edit(trial.made().weights(90, 10));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
    }

    @Test
    @DisplayName("B20 a route that rests with keep is still repaired, also by a fresh process long after")
    void repairsARouteAtRest() {
        // given
        var rest = TestOrder.of(100).numbered(4).ending(End.KEEP);
        var trial = Trial.at(100).order(rest).later(Duration.ofDays(2));
        trial.with(trial.made().weights(50, 50).fenced(null));

        // when
        trial.restart(rest);

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("100");
    }

    @Test
    @DisplayName("B15 a rollback is not told as applied while a hand that came before the answer stands against it")
    void putsARollbackBackBeforeItIsReleased() {
        // given
        var trial = Trial.at(25).fallingBackTo("other");

        // when
        trial.editBeforeTheNextAnswer(trial.made().weights(50, 50))
                .order(TestOrder.of(0).numbered(3).ending(End.RELEASE));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED, Outcome.APPLIED);
    }

    @Test
    @DisplayName("B34 an earlier generation's annotation is no proof that the canary was taken back")
    void startsOverAfterAnEarlierGeneration() {
        // given
        var trial = Trial.open();
        var earlier = new Fence(TestOrder.GENERATION - 1, 9, dev.sluice.schemas.Weight.percent(30), Trial.ACTIVE);
        trial.with(trial.own(100, 0).fenced(earlier));

        // when
        trial.order(TestOrder.of(25));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
    }
}
