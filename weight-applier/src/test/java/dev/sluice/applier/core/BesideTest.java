package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Mirror;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that match, and copies of requests: what reaches a canary beside its weight. */
class BesideTest {
    private static final Match BETA =
            new Match(List.of(new Condition("x-beta", "1", null, null)), null, null, null, null, null);
    private static final Mirror COPIES = new Mirror(BigDecimal.TEN);

    @Test
    @DisplayName("a match or a mirror that the mesh can't carry is refused with its weight, and what to do is said")
    void refusesWhatTheMeshCannot() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).endpoints(3, 3);

        // when
        trial.order(TestOrder.of(25).matching(BETA));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).startsWith("smi can't carry a match");
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");

        // when
        trial.order(TestOrder.of(25).numbered(3).mirroring(COPIES));

        // then
        assertThat(trial.report().reason()).startsWith("smi can't carry a mirror");
    }

    @Test
    @DisplayName("B01 the way back after a refused match is not held up by it")
    void goesBackAfterARefusal() {
        // given
        var trial = Trial.open()
                .order(TestOrder.begins())
                .endpoints(3, 3)
                .order(TestOrder.of(25))
                .order(TestOrder.of(25).numbered(3).matching(BETA));

        // when
        trial.order(TestOrder.of(0).numbered(4));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }

    /** Of a mesh that can carry both. */
    private static TestOrder order(int percent, long number) {
        return TestOrder.of(percent).numbered(number).on("gatewayApi");
    }

    private static Trial begun(int endpointsOfTheCanary) {
        return Trial.open()
                .endpoints(3, endpointsOfTheCanary)
                .order(TestOrder.begins().on("gatewayApi"));
    }

    @Test
    @DisplayName("B18 a canary without ready endpoints gets no requests that match, and no copies, until one is there")
    void waitsForAnEndpoint() {
        // given
        var trial = begun(0);

        // when
        trial.order(order(0, 2).matching(BETA).mirroring(COPIES));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.object().routed().match()).isNull();

        // when
        trial.endpoints(3, 1);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().routed().match()).isEqualTo(BETA);
        assertThat(trial.object().routed().mirror()).isEqualTo(COPIES);
    }

    @Test
    @DisplayName(
            "B18 the loss of the canary's last endpoint is told at weight 0 too while requests that match go there")
    void tellsOfTheLastEndpoint() {
        // given
        var trial = begun(1).order(order(0, 2).matching(BETA));

        // when
        trial.endpoints(3, 0);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.ENDPOINTS_LOST);

        // when
        trial.order(order(0, 3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().routed().match()).isNull();
    }

    @Test
    @DisplayName("B15 a match or a mirror that a hand took away or changed is put back")
    void putsBack() {
        // given
        var trial = begun(1).order(order(25, 2).matching(BETA).mirroring(COPIES));
        trial.forgetWhatWasSaid();

        // when
        trial.edit(trial.made().sending(null, new Mirror(BigDecimal.ONE)).by("kubectl-edit"));

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.DRIFT_REPAIRED);
        assertThat(trial.object().routed().match()).isEqualTo(BETA);
        assertThat(trial.object().routed().mirror()).isEqualTo(COPIES);
    }

    @Test
    @DisplayName("B01 B40 the way back takes matches and mirrors with it, whatever is wrong with the object's form")
    void goesBackWhateverTheForm() {
        // given
        var trial = begun(1).order(order(25, 2).matching(BETA).mirroring(COPIES));
        trial.edit(trial.made().sending(BETA, COPIES).unfit("something is wrong"));

        // when
        trial.webhook(made -> made.unfit("something is wrong")).order(order(0, 3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().routed().match()).isNull();
        assertThat(trial.object().routed().mirror()).isNull();
    }

    @Test
    @DisplayName("an object that can't carry a match is refused at weight 0 as well, and not written without it")
    void refusesAnUnfitObject() {
        // given
        var trial = begun(1);
        trial.edit(trial.made().unfit("a rule matches on the header itself: match on another one"));

        // when
        trial.order(order(0, 2).matching(BETA));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.report().reason()).startsWith("a rule matches on the header itself");
    }

    @Test
    @DisplayName("what an object can carry of a match is asked anew: the order before asked for another, or for none")
    void looksAgainForAMatch() {
        // given
        var trial = begun(1).order(order(0, 2).matching(BETA));
        trial.with(trial.made().unfit("no match goes with a weight: order it at weight 0"));

        // when
        trial.order(order(25, 3).matching(BETA));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.object().shares(order(25, 3).build()).canaryHasNone()).isTrue();
    }

    @Test
    @DisplayName("a match past its order's deadline is not begun any more")
    void refusesAMatchPastItsDeadline() {
        // given
        var trial = begun(0).order(order(0, 2).matching(BETA));

        // when
        trial.later(Duration.ofHours(1)).endpoints(3, 3);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(trial.object().routed().match()).isNull();
    }

    @Test
    @DisplayName("B43 the same pair with another match is another order")
    void tellsOrdersApartByTheirMatches() {
        // given
        var trial = begun(1).order(order(0, 2).matching(BETA));

        // when
        trial.order(order(0, 2));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.SUPERSEDED);
    }
}
