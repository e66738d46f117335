package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Workloads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RevisionsTest {
    private static final Running OLD = active("1.4.1");

    private final Trial trial = Trial.open();

    private static Running active(String revision) {
        return new Running("Deployment shop/checkout", revision, null, true);
    }

    private static Running canary(String revision, String lacks) {
        return new Running("Deployment shop/checkout-canary", revision, lacks, true);
    }

    private static TestOrder weighing(int percent) {
        return TestOrder.of(percent).namingWorkloads();
    }

    private int weight() {
        return trial.object().weights().get(Trial.CANARY).intValue();
    }

    @Test
    @DisplayName("B30 the canary gets nothing before its workload runs the rollout's revision, all of it")
    void waitsForTheRevision() {
        // given
        trial.running(OLD, canary("1.4.1", null));
        trial.order(TestOrder.begins().namingWorkloads());

        // when
        trial.order(weighing(25));

        // then
        assertThat(weight()).isZero();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason())
                .startsWith("Deployment shop/checkout-canary runs 1.4.1, and not 1.4.2 yet: deploy that");
        assertThat(trial.report().workloads()).isEqualTo(new Workloads("1.4.1", "1.4.1", true));

        // when
        trial.running(OLD, canary("1.4.2", "is being rolled out"));

        // then
        assertThat(weight()).isZero();
        assertThat(trial.report().reason()).contains("is being rolled out: for all its pods to be of 1.4.2");

        // when
        trial.running(OLD, canary("1.4.2", null));

        // then
        assertThat(weight()).isEqualTo(25);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.report().workloads()).isEqualTo(new Workloads("1.4.1", "1.4.2", true));
    }

    @Test
    @DisplayName("B31 a workload that changes in the middle is told, and what is in force stays so")
    void tellsOfAChange() {
        // given
        trial.running(OLD, canary("1.4.2", null));
        trial.order(TestOrder.begins().namingWorkloads());
        trial.order(weighing(25));
        trial.forgetWhatWasSaid();

        // when
        trial.running(active("1.4.3"), canary("1.4.2", null));
        trial.running(active("1.4.3"), canary("1.5", null));

        // then
        assertThat(trial.reports).hasSize(2).allMatch(report -> report.outcome() == Outcome.APPLIED);
        assertThat(trial.reports.getFirst().workloads()).isEqualTo(new Workloads("1.4.3", "1.4.2", true));
        assertThat(trial.report().workloads()).isEqualTo(new Workloads("1.4.3", "1.5", true));
        assertThat(trial.reportIds).doesNotHaveDuplicates();
        assertThat(trial.writes).isEmpty();
    }

    @Test
    @DisplayName("B20 an active workload that has its new revision is told again once all its pods are of it")
    void tellsOfARollout() {
        // given
        trial.running(OLD, canary("1.4.2", null));
        trial.order(TestOrder.begins().namingWorkloads());
        trial.order(weighing(25));

        // when
        trial.running(
                new Running("Deployment shop/checkout", "1.4.2", "is being rolled out", true), canary("1.4.2", null));

        // then
        assertThat(trial.report().workloads()).isEqualTo(new Workloads("1.4.2", "1.4.2", false));
        trial.running(active("1.4.2"), canary("1.4.2", null));
        assertThat(trial.report().workloads()).isEqualTo(new Workloads("1.4.2", "1.4.2", true));
        trial.running(Running.unseen("Deployment shop/checkout", "can't be seen: 403"), canary("1.4.2", null));
        assertThat(trial.report().workloads()).isEqualTo(new Workloads(null, "1.4.2", null));
    }

    @Test
    @DisplayName("B30 B49 a workload that can't be seen, or isn't there, is said, and is none that runs the revision")
    void saysWhatCannotBeSeen() {
        // given
        trial.running(OLD, Running.unseen("Deployment shop/checkout-canary", "can't be seen: 403"));
        trial.order(TestOrder.begins().namingWorkloads());

        // when
        trial.order(weighing(25));

        // then
        assertThat(weight()).isZero();
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).isEqualTo("Deployment shop/checkout-canary can't be seen: 403");
        assertThat(trial.retries).isNotEmpty();

        // when
        trial.later(java.time.Duration.ofSeconds(1));
        trial.running(OLD, new Running("Deployment shop/checkout-canary", null, "isn't there", true));
        trial.later(java.time.Duration.ofSeconds(1));

        // then
        assertThat(weight()).isZero();
        assertThat(trial.report().reason()).isEqualTo("Deployment shop/checkout-canary isn't there");
    }

    @Test
    @DisplayName("B01 B30 no revision holds back the way back")
    void goesBackWhateverRuns() {
        // given
        trial.running(OLD, canary("1.4.2", null));
        trial.order(TestOrder.begins().namingWorkloads());
        trial.order(weighing(25));
        trial.running(OLD, canary("1.5", "is being rolled out"));

        // when
        trial.order(weighing(0).numbered(3).ending(End.RELEASE));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.isAbsent()).isTrue();
    }

    @Test
    @DisplayName("B30 an order that is the first to name a workload is not carried out by what was seen without")
    void looksBeforeItRaises() {
        // given
        trial.running(OLD, canary("1.4.1", null));
        trial.order(TestOrder.begins());
        trial.order(TestOrder.of(10));
        trial.running(OLD, canary("1.4.1", null));

        // when
        trial.order(weighing(25).numbered(3));

        // then
        assertThat(weight()).isEqualTo(10);
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
    }

    @Test
    @DisplayName("B30 what was seen to run under an order of another revision says nothing of the next one's")
    void looksAgainForAnotherRevision() {
        // given
        trial.running(OLD, canary("1.4.2", null));
        trial.order(TestOrder.begins().namingWorkloads());
        trial.order(weighing(25));

        // when
        trial.runningUnseen(OLD, canary("1.5", null));
        trial.order(weighing(50).numbered(3).ofRevision("1.5"));

        // then
        assertThat(weight()).isEqualTo(50);
    }
}
