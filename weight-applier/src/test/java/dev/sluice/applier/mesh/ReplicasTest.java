package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Replicas as the weight, under the rules, from order to report. */
class ReplicasTest {
    private static final String ACTIVE = "checkout";
    private static final String CANARY = "checkout-canary";

    private final Workloads workloads = new Workloads(10, 0);

    @Test
    @DisplayName("B18 the weight itself brings the canary's pods, and active ones go as these become ready")
    void scalesUpBeforeDown() {
        // given
        workloads.order(TestOrder.begins());

        // when
        workloads.order(TestOrder.of(25));

        // then
        assertThat(workloads.replicas()).containsExactly(10, 3);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(workloads.report().reason()).contains("3 ready replicas of Deployment shop/checkout-canary");

        // when
        workloads.ready(CANARY, 2);

        // then
        assertThat(workloads.replicas()).containsExactly(8, 3);

        // when
        workloads.ready(CANARY, 3);

        // then
        assertThat(workloads.replicas()).containsExactly(7, 3);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(workloads.report().reason()).contains("not confirmed");

        // when
        workloads.ready(ACTIVE, 7);

        // then
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(workloads.report().inForce()).isTrue();
        assertThat(workloads.report().found()).containsEntry(CANARY, 3.0);
        assertThat(workloads.report().endpoints().canary().ready()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "B20 B32 the way back from 100 % brings the active workload up before the canary goes, and says what it"
                    + " waits for")
    void goesBackFromEverything() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(100));
        assertThat(workloads.replicas()).containsExactly(0, 10);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);

        // when
        workloads.areReadyWhenTold();
        workloads.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(workloads.replicas()).containsExactly(10, 8);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(workloads.report().reason()).contains("8 ready replicas of Deployment shop/checkout:", "force");

        // when
        workloads.ready(ACTIVE, 4);

        // then
        assertThat(workloads.replicas()).containsExactly(10, 4);

        // when
        workloads.ready(ACTIVE, 8);

        // then
        assertThat(workloads.replicas()).containsExactly(10, 0);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName(
            "B01 where the active pods can do without it a canary goes at once, even if one of them is never ready")
    void goesBackAtOnce() {
        // given
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(20));
        workloads.ready(CANARY, 2);
        assertThat(workloads.replicas()).containsExactly(8, 2);

        // when
        workloads.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(workloads.replicas()).containsExactly(10, 0);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B32 with force the canary goes at once")
    void waitsForNothingByForce() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(50));
        workloads.areReadyWhenTold();

        // when
        workloads.order(TestOrder.of(0).numbered(3).forced());

        // then
        assertThat(workloads.replicas()).containsExactly(10, 0);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B17 never more than the total less than ready, whatever comes after whatever")
    void neverHasTooFewReady() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());

        // when
        var number = 2;
        for (var percent : List.of(1, 50, 99, 100, 30, 0, 100, 0)) {
            workloads.order(TestOrder.of(percent).numbered(number++));

            // then
            assertThat(workloads.report().outcome()).as("at " + percent).isEqualTo(Outcome.APPLIED);
            assertThat(workloads.replicas().get(0) + workloads.replicas().get(1))
                    .isEqualTo(10);
            assertThat(workloads.fewestReady()).isEqualTo(10);
        }
        assertThat(workloads.replicas()).containsExactly(10, 0);
    }

    @Test
    @DisplayName("B06 B09 a crash after any of its writes loses nothing: neither is the weight taken for somebody's 0")
    void survivesACrashAnywhere() {
        for (var percent : List.of(25, 100, 0)) {
            for (var writes = 0; writes < 8; writes++) {
                // given
                var crashing = new Workloads(10, 0);
                crashing.areReadyAtOnce();
                crashing.order(TestOrder.begins());
                crashing.order(TestOrder.of(50));

                // when
                crashing.crashAfter(writes);
                crashing.order(TestOrder.of(percent).numbered(3));
                crashing.restart(TestOrder.of(percent).numbered(3));

                // then
                assertThat(crashing.replicas().get(1))
                        .as(percent + " after " + writes)
                        .isEqualTo((percent + 5) / 10);
                assertThat(crashing.report().outcome()).isEqualTo(Outcome.APPLIED);
            }
        }
    }

    @Test
    @DisplayName("B06 the first raise from 0 survives a crash anywhere too")
    void survivesACrashOfTheFirstRaise() {
        for (var writes = 0; writes < 6; writes++) {
            // given
            var crashing = new Workloads(10, 0);
            crashing.areReadyAtOnce();
            crashing.order(TestOrder.begins());

            // when
            crashing.crashAfter(writes);
            crashing.order(TestOrder.of(25));
            crashing.restart(TestOrder.of(25));

            // then
            assertThat(crashing.replicas()).as("after " + writes).containsExactly(7, 3);
            assertThat(crashing.report().outcome()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    @DisplayName("B40 replicas that don't become what was asked for are a failure that waits, on the way back too")
    void waitsWhereScalingDoesNothing() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());

        // when
        workloads.hold(CANARY);
        workloads.order(TestOrder.of(25));

        // then
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(workloads.report().reason()).contains("asked for 3 replicas of Deployment shop/checkout-canary");

        // given
        var aborted = new Workloads(10, 0);
        aborted.areReadyAtOnce();
        aborted.order(TestOrder.begins());
        aborted.order(TestOrder.of(50));

        // when
        aborted.hold(CANARY);
        aborted.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(aborted.replicas()).containsExactly(10, 5);
        assertThat(aborted.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(aborted.report().reason()).contains("asked for 0 replicas of Deployment shop/checkout-canary");
    }

    @Test
    @DisplayName("B15 a 0 that was not scaled yet is nobody's: a newer raise goes on from it")
    void goesOnFromWhatWasNotScaledYet() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.hold(CANARY);
        workloads.order(TestOrder.of(25));

        // when
        workloads.hold("");
        workloads.order(TestOrder.of(50).numbered(3));

        // then
        assertThat(workloads.replicas()).containsExactly(5, 5);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName(
            "B17 both scaled to 0 are taken back for a newer raise too, also where a crash left that they serve again")
    void isTakenBackWhileItServesAgain() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(25));
        workloads.scaleUnseen(ACTIVE, 0);
        workloads.scaleUnseen(CANARY, 0);
        workloads.crashAfter(2);
        workloads.look();
        assertThat(workloads.replicas()).containsExactly(10, 0);

        // when
        workloads.restart(TestOrder.of(50).numbered(3));

        // then
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
        assertThat(workloads.replicas()).containsExactly(10, 0);
    }

    @Test
    @DisplayName("B20 a rollback that releases goes on after a restart, and then leaves the numbers alone")
    void goesOnReleasing() {
        // given
        var last = TestOrder.of(0).numbered(3).ending(End.RELEASE);
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(50));
        workloads.areReadyWhenTold();
        workloads.order(last);
        assertThat(workloads.replicas()).containsExactly(10, 3);

        // when
        workloads.restart(last);
        workloads.ready(ACTIVE, 8);

        // then
        assertThat(workloads.replicas()).containsExactly(10, 0);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);

        // when
        workloads.scaleUnseen(CANARY, 2);
        workloads.restart(last);

        // then
        assertThat(workloads.replicas()).containsExactly(10, 2);
    }

    @Test
    @DisplayName("B15 a number that somebody else has changed is put back, and told")
    void putsBack() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(25));

        // when
        workloads.scaleByHand(ACTIVE, 20);

        // then
        assertThat(workloads.replicas()).containsExactly(7, 3);
        assertThat(workloads.outcomes()).contains(Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName("B15 a canary scaled to 0 by hand is taken back, whether its pods were ready yet or not")
    void isTakenBack() {
        for (var isReady : List.of(true, false)) {
            // given
            var taken = new Workloads(10, 0);
            taken.order(TestOrder.begins());
            taken.order(TestOrder.of(25));
            if (isReady) {
                taken.ready(CANARY, 3);
            }

            // when
            taken.scaleByHand(CANARY, 0);

            // then
            assertThat(taken.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
            assertThat(taken.outcomes()).doesNotContain(Outcome.ENDPOINTS_LOST);
            assertThat(taken.replicas().get(1)).isZero();
        }
    }

    @Test
    @DisplayName("B17 both scaled to 0 by hand: the active workload serves again, and it is taken back")
    void servesAgain() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(25));

        // when
        workloads.scaleUnseen(ACTIVE, 0);
        workloads.scaleUnseen(CANARY, 0);
        workloads.look();

        // then
        assertThat(workloads.replicas()).containsExactly(10, 0);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
    }

    @Test
    @DisplayName("B17 a canary that had everything is deleted: the active workload serves again, and it is taken back")
    void servesAgainWithoutTheOther() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(100));
        assertThat(workloads.replicas()).containsExactly(0, 10);

        // when
        workloads.delete(CANARY);
        workloads.look();

        // then
        assertThat(workloads.replicas()).containsExactly(10);

        // when
        workloads.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(workloads.replicas()).containsExactly(10);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName(
            "B20 a rollback brings the active workload up to the total again, whoever took the canary away and how")
    void bringsTheActiveUpToTheTotal() {
        for (var isDeleted : List.of(true, false)) {
            for (var percent : List.of(25, 50)) {
                // given
                var alone = new Workloads(10, 0);
                alone.areReadyAtOnce();
                alone.order(TestOrder.begins());
                alone.order(TestOrder.of(percent));

                // when
                if (isDeleted) {
                    alone.delete(CANARY);
                    alone.look();
                } else {
                    alone.scaleByHand(CANARY, 0);
                }
                assertThat(alone.report().outcome()).isEqualTo(Outcome.TAKEN_BACK);
                alone.order(TestOrder.of(0).numbered(3));

                // then
                assertThat(alone.replicas().getFirst()).isEqualTo(10);
                assertThat(alone.report().outcome()).isEqualTo(Outcome.APPLIED);
            }
        }
    }

    @Test
    @DisplayName("B17 what a hand leaves while nothing but the beginning stands is no total")
    void keepsTheTotalOfTheBeginning() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());

        // when
        workloads.scaleUnseen(ACTIVE, 0);
        workloads.look();

        // then
        assertThat(workloads.replicas()).containsExactly(10, 0);

        // given
        var raised = new Workloads(10, 0);
        raised.areReadyAtOnce();
        raised.order(TestOrder.begins());

        // when
        raised.scaleByHand(CANARY, 5);

        // then
        assertThat(raised.replicas()).containsExactly(10, 0);
    }

    @Test
    @DisplayName("B20 what a person scaled both to alike is the total from then on, for an abort and for a raise")
    void goesOnWithWhatAPersonScaled() {
        for (var percent : List.of(0, 50)) {
            // given
            var grown = new Workloads(10, 0);
            grown.areReadyAtOnce();
            grown.order(TestOrder.begins());
            grown.order(TestOrder.of(25));
            grown.scaleUnseen(ACTIVE, 30);
            grown.scaleUnseen(CANARY, 10);
            grown.look();
            assertThat(grown.replicas()).containsExactly(30, 10);

            // when
            grown.order(TestOrder.of(percent).numbered(3));

            // then
            assertThat(grown.replicas()).containsExactly(40 - 40 * percent / 100, 40 * percent / 100);
            assertThat(grown.report().outcome()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    @DisplayName("B18 ready pods that go away are lost only once they were there")
    void losesTheCanarysPods() {
        // given
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(25));
        assertThat(workloads.outcomes()).doesNotContain(Outcome.ENDPOINTS_LOST);
        workloads.ready(CANARY, 3);

        // when
        workloads.ready(CANARY, 0);

        // then
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName("a rollout begins with nobody's pods behind the canary, and both scaled alike by hand stay so")
    void leavesTheNumberToOthers() {
        // given
        workloads.areReadyAtOnce();
        workloads.order(TestOrder.begins());

        // when
        workloads.scaleByHand(ACTIVE, 20);

        // then
        assertThat(workloads.replicas()).containsExactly(20, 0);

        // when
        workloads.order(TestOrder.begins().ofGeneration(TestOrder.GENERATION + 1));
        workloads.order(TestOrder.of(50).ofGeneration(TestOrder.GENERATION + 1));

        // then
        assertThat(workloads.replicas()).containsExactly(10, 10);
    }

    @Test
    @DisplayName("no rollout begins over a canary that has replicas already")
    void refusesToBegin() {
        // given
        var live = new Workloads(10, 1);

        // when
        live.order(TestOrder.begins());

        // then
        assertThat(live.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(live.replicas()).containsExactly(10, 1);
    }

    @Test
    @DisplayName("B14 past its deadline a raise goes no further")
    void goesNoFurtherPastTheDeadline() {
        // given
        workloads.order(TestOrder.begins());
        workloads.order(TestOrder.of(50));

        // when
        workloads.pass(TestOrder.NOW.plusSeconds(3600));
        workloads.ready(CANARY, 5);

        // then
        assertThat(workloads.replicas()).containsExactly(10, 5);
        assertThat(workloads.report().outcome()).isEqualTo(Outcome.REFUSED);
    }
}
