package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Readiness;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    @Test
    @DisplayName("B18 a canary without ready endpoints gets nothing until one is there")
    void waitsForAnEndpoint() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).endpoints(3, 0);

        // when
        trial.order(TestOrder.of(25));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);

        // when
        trial.endpoints(3, 1);

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName(
            "B18 an order that raises one of several rules waits for endpoints, also where a hand raised another above it")
    void aRuleThatIsRaisedWaitsWhateverOthersDo() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).endpoints(3, 0).order(TestOrder.of(25));

        // when
        trial.edit(trial.made().weights(60, 40).uneven(40, 0));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("40");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).startsWith("for ready endpoints");

        // when
        trial.order(TestOrder.of(0).numbered(9));

        // then: it raises none of them
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B52 what is waited for is named as people know it: a subset of a Service is no Service")
    void namesWhatServesABackend() {
        // given
        var trial = Trial.open()
                .serving(Trial.CANARY, "canary of Service shop/checkout")
                .order(TestOrder.begins())
                .endpoints(3, 0);

        // when
        trial.order(TestOrder.of(25));

        // then
        assertThat(trial.report().reason())
                .isEqualTo("for ready endpoints behind canary of Service shop/checkout: 0 of 1");
    }

    @Test
    @DisplayName("B18 a rollout soon after one that was released counts endpoints anew: no reminder has, meanwhile")
    void countsAnewAfterARelease() {
        // given
        var next = TestOrder.GENERATION + 1;
        var trial = Trial.at(25)
                .fallingBackTo("other")
                .order(TestOrder.of(0).numbered(3).ending(End.RELEASE));
        trial.unseenEndpoints(3, 0);

        // when
        trial.order(TestOrder.begins().ofGeneration(next));
        trial.order(TestOrder.of(25).ofGeneration(next));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
    }

    @Test
    @DisplayName("B18 a reminder to count endpoints during a write outlasts what a watch shows of the object meanwhile")
    void countsAnewAfterAReminderDuringAWrite() {
        // given: the endpoints are gone, and the reminder comes while the beginning is being written
        var trial = Trial.open().remindedBeforeTheNextAnswer(3, 0);

        // when
        trial.order(TestOrder.begins());
        trial.order(TestOrder.of(25));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
    }

    @Test
    @DisplayName("B18 matchWeight asks for the weight's share of the active backend's endpoints, rounded up")
    void waitsForTheShareOfEndpoints() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).endpoints(10, 2);

        // when
        trial.order(TestOrder.of(25).needing(new Readiness(1, true)));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("2 of 3");
    }

    @Test
    @DisplayName("B18 a raise that waited past its deadline is refused when the endpoints come")
    void refusesARaisePastItsDeadline() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).endpoints(3, 0).order(TestOrder.of(25));

        // when
        trial.later(Duration.ofHours(1)).endpoints(3, 3);

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    @DisplayName("B18 losing the canary's last ready endpoint is reported, once")
    void reportsLostEndpoints() {
        // given
        var trial = Trial.at(25);

        // when
        trial.endpoints(3, 0).endpoints(2, 0);

        // then
        assertThat(trial.outcomes()).containsExactly(Outcome.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName("B18 B49 a raise without sight of any endpoints waits and says why; the way back doesn't wait")
    void saysWhyItIsBlind() {
        // given
        var trial = Trial.open()
                .blind("the API server answered 403: no right to list")
                .order(TestOrder.begins());

        // when
        trial.order(TestOrder.of(25));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason()).contains("can't be read: the API server answered 403: no right to list");

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("B18 a canary waits until the share of its own endpoints is ready that the file asks for")
    void waitsForItsShare() {
        // given
        var trial = Trial.open().order(TestOrder.begins()).unready(10, 12, 2);

        // when
        trial.order(TestOrder.of(25).needing(new Readiness(1, false, 90)));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
        assertThat(trial.report().reason())
                .isEqualTo("for ready endpoints behind Service shop/checkout-canary: 12 of 14 endpoints ready, 90 %"
                        + " asked");

        // when: 12 of 13 are 92.3 %, and none of those that were ready has changed
        trial.unready(10, 12, 1);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
    }

    @Test
    @DisplayName("B18 exactly the share is enough, a hair less is not, and of no endpoints no share is")
    void countsSharesExactly() {
        assertThat(new EndpointCount(9, 1).isReady(90)).isTrue();
        assertThat(new EndpointCount(89, 11).isReady(90)).isFalse();
        assertThat(new EndpointCount(199, 1).isReady(100)).isFalse();

        // given
        var trial = Trial.open().order(TestOrder.begins()).unready(3, 0, 0);

        // when
        trial.order(TestOrder.of(25).needing(new Readiness(1, false, 1)));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);
    }

    @Test
    @DisplayName("B18 a rollback needs no endpoints behind the canary")
    void rollsBackWithoutCanaryEndpoints() {
        // given
        var trial = Trial.at(25).endpoints(3, 0);

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName(
            "B32 a rollback onto an active backend without endpoints waits while the canary has one, without deadline")
    void neverLowersOntoNothing() {
        // given
        var trial = Trial.at(25).endpoints(0, 3);

        // when
        trial.order(TestOrder.of(0).numbered(3)).later(Duration.ofDays(1));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("25");
        assertThat(trial.report().outcome()).isEqualTo(Outcome.WAITING);

        // when
        trial.endpoints(1, 3);

        // then
        assertThat(trial.report().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName("B32 an abort with force goes through")
    void lowersByForce() {
        // given
        var trial = Trial.at(25).endpoints(0, 3);

        // when
        trial.order(TestOrder.of(0).numbered(3).forced());

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName("B32 where neither backend has an endpoint, nothing is held")
    void lowersWhereNobodyServes() {
        // given
        var trial = Trial.at(25).endpoints(0, 0);

        // when
        trial.order(TestOrder.of(0).numbered(3));

        // then
        assertThat(trial.object().weights().get(Trial.CANARY)).isEqualByComparingTo("0");
    }
}
