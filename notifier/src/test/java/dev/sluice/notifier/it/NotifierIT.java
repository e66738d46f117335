package dev.sluice.notifier.it;

import static dev.sluice.notifier.it.Stage.LONG;
import static dev.sluice.notifier.it.Stage.RULES;
import static dev.sluice.notifier.it.Stage.got;
import static dev.sluice.notifier.it.Town.status;
import static dev.sluice.schemas.message.Phase.AWAITING_APPROVAL;
import static dev.sluice.schemas.message.Phase.PROGRESSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.sluice.notifier.Receiver.Got;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.KafkaPart;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The packaged notifier on a real broker, with real receivers: HTTP servers and a mail server. */
class NotifierIT {
    private static final String SHOP = "shop/checkout";

    private static KafkaPart kafka;

    @TempDir
    Path folder;

    /** After every notifier's beginning, which is told by the same clock. */
    private final Instant soon = Instant.now().plusSeconds(600);

    private Stage stage;

    @BeforeAll
    static void startBroker() {
        kafka = KafkaPart.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) {
        var prefix = test.getTestMethod().orElseThrow().getName() + ".";
        stage = new Stage(kafka.bootstrapServers(), prefix, folder);
    }

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void tellsEachChannelOnceThoughTheStatusIsRepeatedAndTheNotifierStartsAgain() throws Exception {
        // given
        var awaited = status(SHOP, 2, AWAITING_APPROVAL, soon);
        stage.town.publish(
                status("shop/old", 7, AWAITING_APPROVAL, Instant.now().minusSeconds(3600)));
        var first = stage.start();

        // when
        stage.town.publishRubbish(SHOP);
        stage.town.publish(status(SHOP, 1, PROGRESSING, soon), awaited, awaited);

        // then
        for (var channel : List.of("slack", "teams", "hook", "mail")) {
            await().atMost(LONG)
                    .until(() -> stage.town.deliveries(SHOP, channel).equals(List.of("sent")));
        }

        // when: a new consumer of the same group
        first.close();
        stage.start();
        stage.town.publish(awaited, status(SHOP, 3, AWAITING_APPROVAL, soon.plusSeconds(1)));
        stage.passMark(SHOP, soon.plusSeconds(2));

        // then
        assertThat(got(stage.slack, "approval needed")).hasSize(1);
        assertThat(got(stage.teams, "approval needed")).hasSize(1);
        assertThat(got(stage.hook, "approval needed")).hasSize(1);
        assertThat(stage.mail.getReceivedMessages()).hasSize(1);
        isSigned(got(stage.hook, "approval needed").getFirst());
        isTheSameMessageEverywhere(got(stage.hook, "approval needed").getFirst().header("Idempotency-Key"));
        assertThat(got(stage.slack, "shop/old"))
                .as("what was decided before the first start")
                .isEmpty();
        assertThat(stage.log())
                .contains("a status is unreadable and passed over")
                .doesNotContain("secret-of-slack", "secret-of-teams", PackagedNotifier.WEBHOOK_SECRET);
    }

    @Test
    void whatThePageOfMetricsSaysIsExportedWithHelpAndNothingElse() {
        // given
        stage.rules(RULES + "  - {name: broken, when: status.labels.nowhere == \"x\", to: [hook]}\n");
        var notifier = stage.start();

        // when
        stage.town.publish(status(SHOP, 1, AWAITING_APPROVAL, soon));

        // then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(DocumentedMetrics.read().differences("notifier", notifier.metrics()))
                        .isEmpty());
    }

    private void isTheSameMessageEverywhere(String id) throws Exception {
        var letter = stage.mail.getReceivedMessages()[0];
        assertThat(letter.getSubject()).isEqualTo("shop/checkout on prod: approval needed");
        assertThat(letter.getAllRecipients()).extracting(Object::toString).containsExactly("sre@example.com");
        assertThat(letter.getHeader("Message-ID")).containsExactly("<" + id + "@notifier.sluice>");
        assertThat(GreenMailUtil.getBody(letter))
                .contains("Stable: 1.4.1", "Approved: 1 of 2, by alice", "https://sluice.example.com/rollouts/shop");
        assertThat(got(stage.slack, "approval needed").getFirst().header("Idempotency-Key"))
                .isEqualTo(id);
        assertThat(got(stage.teams, "approval needed").getFirst().body()).contains(id);
    }

    private static void isSigned(Got got) throws Exception {
        var key = Base64.getDecoder().decode(PackagedNotifier.WEBHOOK_SECRET.substring("whsec_".length()));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        var signed = got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
        assertThat(got.header("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aChannelThatIsDownHoldsUpNoOtherAndIsGivenUpLoudly() throws IOException {
        // given
        try (var nobody = new ServerSocket(0)) {
            stage.channel("down", "slack", "http://localhost:" + nobody.getLocalPort() + "/secret-of-nobody");
        }
        stage.settings.put("sluice.notifier.give-up-after", "PT5S");
        stage.rules(RULES.replace("[slack, teams, hook, mail]", "[down, hook]"));
        var notifier = stage.start();

        // when
        stage.town.publish(status(SHOP, 1, AWAITING_APPROVAL, soon));

        // then: the other has it while this one is tried
        await().atMost(LONG).until(() -> got(stage.hook, "approval needed").size() == 1);
        stage.passMark(SHOP, soon.plusSeconds(1));
        await().atMost(LONG).until(() -> stage.town.deliveries(SHOP, "down").equals(List.of("failed")));
        assertThat(stage.town.deliveries(SHOP, "hook")).containsExactly("sent", "sent");
        await().atMost(LONG)
                .until(() -> notifier.metrics()
                        .contains("sluice_notifier_messages_total{channel=\"down\",outcome=\"failed\"} 1.0"));
        assertThat(stage.log())
                .contains("a message was not taken, trying again channel=down")
                .contains("a message was given up, nobody there has been told channel=down rule=approval")
                .doesNotContain("secret-of-nobody");
    }

    @Test
    void whatWaitsForItsChannelIsSentAfterARestart() {
        // given
        stage.slack.answers(503, Map.of(), "");
        var first = stage.start();
        stage.town.publish(status(SHOP, 1, AWAITING_APPROVAL, soon));
        await().atMost(LONG).until(() -> !stage.slack.got().isEmpty());
        assertThat(stage.town.deliveries(SHOP, "slack")).containsExactly("waiting");

        // when
        first.close();
        var tries = stage.slack.got().size();
        stage.slack.answers(200, Map.of(), "ok");
        stage.start();

        // then
        await().atMost(LONG).until(() -> stage.town.deliveries(SHOP, "slack").equals(List.of("sent")));
        assertThat(stage.slack.got()).hasSize(tries + 1);
        assertThat(stage.slack.got())
                .extracting(got -> got.header("Idempotency-Key"))
                .containsOnly(stage.slack.got().getFirst().header("Idempotency-Key"));
    }

    @Test
    void whoDiesBetweenSendingAndRecordingSendsAgainWithTheSameId() {
        // given: a message has arrived, and whoever sent it doesn't know
        var mayAnswer = new CountDownLatch(1);
        stage.hook.answers(exchange -> {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        var first = stage.start();
        stage.town.publish(status(SHOP, 1, AWAITING_APPROVAL, soon));
        await().atMost(LONG).until(() -> stage.hook.got().size() == 1);

        // when
        first.kill();
        mayAnswer.countDown();
        stage.hook.answers(200, Map.of(), "");
        stage.start();

        // then
        await().atMost(LONG).until(() -> stage.town.deliveries(SHOP, "hook").equals(List.of("sent")));
        assertThat(stage.hook.got())
                .extracting(got -> got.header("webhook-id"))
                .hasSize(2)
                .containsOnly(stage.hook.got().getFirst().header("webhook-id"));
    }

    @Test
    void severalInstancesTellOnceThoughPartitionsChangeHands() {
        // given
        var applications =
                IntStream.range(0, 12).mapToObj(each -> "shop/app-" + each).toList();
        var first = stage.start();
        applications.forEach(each -> stage.town.publish(status(each, 1, PROGRESSING, soon)));

        // when: partitions go to the second one, and then all of them
        stage.start();
        applications.forEach(each -> stage.town.publish(status(each, 2, AWAITING_APPROVAL, soon)));
        await().atMost(LONG).until(() -> got(stage.hook, "approval needed").size() >= applications.size());
        first.close();
        applications.forEach(each -> stage.town.publish(status(each, 3, AWAITING_APPROVAL, soon)));
        applications.forEach(each -> stage.passMark(each, soon.plusSeconds(1)));

        // then
        assertThat(got(stage.hook, "approval needed"))
                .extracting(got -> got.json().path("application").asText())
                .containsExactlyInAnyOrderElementsOf(applications);
    }

    @Test
    void newRulesCountWithoutARestart() {
        // given
        stage.start();
        stage.town.publish(status(SHOP, 1, PROGRESSING, soon));

        // when
        stage.rules(RULES.replace("AwaitingApproval", "Paused"));
        await().atMost(LONG).until(() -> stage.log().contains("are in force from now on"));
        stage.town.publish(status(SHOP, 2, AWAITING_APPROVAL, soon));
        stage.passMark(SHOP, soon.plusSeconds(1));

        // then
        assertThat(got(stage.slack, "approval needed")).isEmpty();
    }
}
