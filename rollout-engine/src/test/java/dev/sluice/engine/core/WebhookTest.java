package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Link;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.engine.core.told.WebhookCalls;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final List<Link> LINKS = List.of(new Link("run", "https://ci.example.org/7"));

    /** A rollout at its webhook, and the calls that it decided on. */
    private static final class Calling {
        final Scenario it = new Scenario();
        final List<WebhookCall> calls = new ArrayList<>();

        Calling(int retries, boolean disableCallback) {
            var webhook = new Webhook(
                    "smoke",
                    "POST",
                    "https://ci.example.org/{{sluice.target}}",
                    Map.of(),
                    null,
                    retries,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    null,
                    disableCallback,
                    Duration.ofHours(1));
            it.start("r", plan(weight(10), new Step.RunWebhook(webhook), weight(100)))
                    .applied();
            noting(it.state, it::applied);
        }

        Calling noting(State before, Runnable step) {
            step.run();
            calls.addAll(WebhookCalls.of(before, it.decided));
            return this;
        }

        Calling answer(WebhookAnswer.Outcome outcome) {
            var answer = new WebhookAnswer(calls.getLast().id(), outcome, 200, "answered 200", LINKS);
            return noting(it.state, () -> it.tell(new Event.WebhookAnswered(answer, it.now)));
        }

        Calling callBack(String call, boolean success) {
            return noting(
                    it.state, () -> it.tell(new Event.WebhookCalledBack(call, success, "tests ran", LINKS, it.now)));
        }

        Calling later(Duration duration) {
            return noting(it.state, () -> it.later(duration));
        }
    }

    @Test
    void aStepPassesWithItsCallsAnswerWhereNoCallbackIsAskedFor() {
        // given
        var calling = new Calling(0, true);
        assertThat(calling.calls).singleElement().satisfies(call -> {
            assertThat(call.variables()).containsEntry("target", "prod").containsEntry("step", "2");
            assertThat(call.attempt()).isEqualTo(1);
        });
        assertThat(calling.it.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(calling.it.status().waitingFor().kind()).isEqualTo("webhook");

        // when
        calling.answer(WebhookAnswer.Outcome.ANSWERED);

        // then
        assertThat(calling.it.status().step()).isEqualTo(3);
    }

    @Test
    @DisplayName("B23: a callback passes the step; the same again changes nothing")
    void aCallbackPassesTheStep() {
        // given
        var calling = new Calling(0, false).answer(WebhookAnswer.Outcome.ANSWERED);
        assertThat(calling.it.status().step()).isEqualTo(2);
        assertThat(calling.it.status().links()).containsExactly(new Status.Link("run", "https://ci.example.org/7"));
        var call = calling.calls.getLast().id();

        // when
        calling.callBack(call, true);

        // then
        assertThat(calling.it.status().step()).isEqualTo(3);
        calling.callBack(call, false);
        assertThat(calling.it.hasDecided(Decision.Ignored.class)).isTrue();
        assertThat(calling.it.status().step()).isEqualTo(3);
    }

    @Test
    @DisplayName("B23: a callback may come before the call's own answer")
    void aCallbackBeforeTheAnswerCounts() {
        // given
        var calling = new Calling(0, false);

        // when
        calling.callBack(calling.calls.getLast().id(), true).answer(WebhookAnswer.Outcome.ANSWERED);

        // then
        assertThat(calling.it.status().step()).isEqualTo(3);
        assertThat(calling.it.hasDecided(Decision.Ignored.class)).isTrue();
    }

    @Test
    void aCallThatFailsIsMadeAgainLaterAndLaterUnderOneKey() {
        // given
        var calling = new Calling(2, true);

        // when, then
        calling.answer(WebhookAnswer.Outcome.FAILED);
        assertThat(calling.calls).hasSize(1);
        calling.later(Duration.ofSeconds(1));
        assertThat(calling.calls).hasSize(2);
        calling.answer(WebhookAnswer.Outcome.FAILED).later(Duration.ofSeconds(1));
        assertThat(calling.calls).hasSize(2);
        calling.later(Duration.ofSeconds(1));
        assertThat(calling.calls).hasSize(3);
        assertThat(calling.calls)
                .extracting(WebhookCall::key)
                .containsOnly(calling.calls.getFirst().key());
        assertThat(calling.calls).extracting(WebhookCall::id).doesNotHaveDuplicates();
        calling.answer(WebhookAnswer.Outcome.FAILED);
        assertThat(calling.it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(calling.it.status().reasonCode()).isEqualTo(ReasonCode.WEBHOOK_FAILED);
        assertThat(calling.it.status().reason()).contains("after 3 attempts");
    }

    @Test
    @DisplayName("B23: a late answer of an attempt that was given up changes nothing")
    void aLateAnswerChangesNothing() {
        // given
        var calling = new Calling(1, true);
        var first = calling.calls.getFirst().id();
        calling.later(Duration.ofSeconds(10).plus(Duration.ofMinutes(5))).later(Duration.ofSeconds(1));
        assertThat(calling.calls).hasSize(2);

        // when
        var late = new WebhookAnswer(first, WebhookAnswer.Outcome.FAILED, 500, "answered 500", List.of());
        calling.it.tell(new Event.WebhookAnswered(late, calling.it.now));

        // then
        assertThat(calling.it.hasDecided(Decision.Ignored.class)).isTrue();
        assertThat(calling.it.phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B23: a callback that doesn't come fails the step at its time limit")
    void aMissingCallbackFailsTheStep() {
        // given
        var calling = new Calling(0, false).answer(WebhookAnswer.Outcome.ANSWERED);

        // when
        calling.later(Duration.ofHours(1));

        // then
        assertThat(calling.it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(calling.it.status().reason()).contains("no callback came");
    }

    @Test
    @DisplayName("B23: a callback after its time limit changes nothing, though no timer has fired yet")
    void aLateCallbackChangesNothing() {
        // given
        var calling = new Calling(0, false).answer(WebhookAnswer.Outcome.ANSWERED);
        var call = calling.calls.getLast().id();
        var limit = calling.it.now.plus(Duration.ofHours(1));

        // when
        calling.it.tell(new Event.WebhookCalledBack(call, true, "tests ran", LINKS, limit));

        // then
        assertThat(calling.it.hasDecided(Decision.Ignored.class)).isTrue();
        assertThat(calling.it.status().step()).isEqualTo(2);
        calling.later(Duration.ofHours(1));
        assertThat(calling.it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    void aCallbackOfFailureRollsBackAndOneAfterTheRollbackChangesNothing() {
        // given
        var calling = new Calling(0, false).answer(WebhookAnswer.Outcome.ANSWERED);
        var call = calling.calls.getLast().id();

        // when
        calling.callBack(call, false);

        // then
        assertThat(calling.it.phase()).isEqualTo(Phase.ROLLING_BACK);
        calling.callBack(call, true);
        assertThat(calling.it.phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    @DisplayName("B01: an abort does not wait for a webhook")
    void anAbortDoesNotWaitForAWebhook() {
        // given
        var calling = new Calling(0, false);

        // when
        calling.it.say(CommandType.ABORT);

        // then
        assertThat(calling.it.phase()).isEqualTo(Phase.ROLLING_BACK);
        calling.callBack(calling.calls.getLast().id(), true);
        assertThat(calling.it.applied().phase()).isEqualTo(Phase.ROLLED_BACK);
    }
}
