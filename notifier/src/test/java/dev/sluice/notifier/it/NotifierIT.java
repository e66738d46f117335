package dev.sluice.notifier.it;

import static dev.sluice.notifier.it.Town.status;
import static dev.sluice.schemas.message.Phase.AWAITING_APPROVAL;
import static dev.sluice.schemas.message.Phase.PROGRESSING;
import static dev.sluice.schemas.message.Phase.PROMOTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sluice.notifier.Receiver;
import dev.sluice.notifier.Receiver.Got;
import dev.sluice.sandbox.parts.KafkaPart;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
    static final String SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String SHOP = "shop/checkout";
    private static final String RULES = """
            rules:
              - {name: approval, when: status.phase == "AwaitingApproval", to: [slack, teams, hook, mail]}
              - {name: promoted, when: status.phase == "Promoted", to: [slack, hook]}
            """;

    private static KafkaPart kafka;

    @TempDir
    Path folder;

    private final Receiver slack = Receiver.start();
    private final Receiver teams = Receiver.start();
    private final Receiver hook = Receiver.start();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, String> settings = new HashMap<>();
    private final Instant start = Instant.now();
    private Town town;
    private PackagedNotifier notifier;

    @BeforeAll
    static void startBroker() {
        kafka = KafkaPart.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) throws IOException {
        mail.start();
        var prefix = test.getTestMethod().orElseThrow().getName() + ".";
        town = new Town(kafka.bootstrapServers(), prefix);
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("sluice.topics.prefix", prefix);
        settings.put("sluice.notifier.dashboard-url", "https://sluice.example.com");
        settings.put("sluice.notifier.longest-pause", "PT1S");
        channel("slack", "slack", slack.url("/services/T000/B111/secret-of-slack"));
        channel("teams", "teams", teams.url("/powerautomate/secret-of-teams"));
        channel("hook", "webhook", hook.url("/hooks"));
        settings.put("sluice.notifier.channels.hook.secret.key", "WEBHOOK_SECRET");
        settings.put("sluice.notifier.channels.mail.kind", "email");
        settings.put("sluice.notifier.channels.mail.to", "sre@example.com");
        settings.put("quarkus.mailer.host", "localhost");
        settings.put("quarkus.mailer.port", Integer.toString(mail.getSmtp().getPort()));
        settings.put("quarkus.mailer.from", "sluice@example.com");
        rules(RULES);
    }

    private void channel(String name, String kind, String url) {
        settings.put("sluice.notifier.channels." + name + ".kind", kind);
        settings.put("sluice.notifier.channels." + name + ".url.value", url);
    }

    private void rules(String yaml) throws IOException {
        var file = folder.resolve("rules.yaml");
        Files.writeString(file, yaml);
        settings.put("sluice.notifier.rules", file.toString());
    }

    private void start() {
        notifier = PackagedNotifier.start(folder, settings);
    }

    @AfterEach
    void end() {
        if (notifier != null) {
            notifier.close();
        }
        town.close();
        List.of(slack, teams, hook).forEach(Receiver::close);
        mail.stop();
    }

    private static List<Got> of(Receiver receiver, String title) {
        return receiver.got().stream().filter(got -> got.body().contains(title)).toList();
    }

    /** Whatever came before it on the topic has been looked at once this is told. */
    private void passMark(String application) {
        var before = of(hook, application + " on prod: promoted").size();
        town.publish(status(application, 1000 + before, PROMOTED, Instant.now()));
        await().atMost(LONG)
                .until(() -> of(hook, application + " on prod: promoted").size() > before);
    }

    @Test
    void tellsEachChannelOnceThoughTheStatusIsRepeatedAndTheNotifierStartsAgain() throws Exception {
        // given
        var awaited = status(SHOP, 2, AWAITING_APPROVAL, start.plusSeconds(61));
        town.publish(status("shop/old", 7, AWAITING_APPROVAL, start.minusSeconds(3600)));
        start();

        // when
        town.publishRubbish(SHOP);
        town.publish(status(SHOP, 1, PROGRESSING, start.plusSeconds(60)), awaited, awaited);

        // then
        await().atMost(LONG).until(() -> mail.getReceivedMessages().length > 0);
        await().atMost(LONG)
                .until(() -> town.deliveries(SHOP, "hook").equals(List.of("sent"))
                        && town.deliveries(SHOP, "slack").equals(List.of("sent"))
                        && town.deliveries(SHOP, "teams").equals(List.of("sent")));

        // when: a new consumer of the same group
        notifier.close();
        start();
        town.publish(awaited, status(SHOP, 3, AWAITING_APPROVAL, start.plusSeconds(62)));
        passMark(SHOP);

        // then
        assertThat(of(slack, "approval needed")).hasSize(1);
        assertThat(of(teams, "approval needed")).hasSize(1);
        assertThat(of(hook, "approval needed")).hasSize(1);
        assertThat(mail.getReceivedMessages()).hasSize(1);
        isSigned(of(hook, "approval needed").getFirst());
        isTheSameMessageEverywhere(of(hook, "approval needed").getFirst().header("Idempotency-Key"));
        assertThat(of(slack, "shop/old"))
                .as("what was decided before the first start")
                .isEmpty();
        assertThat(Files.readString(PackagedNotifier.log(folder)))
                .contains("a status is unreadable and passed over")
                .doesNotContain("secret-of-slack", "secret-of-teams", SECRET);
    }

    private void isTheSameMessageEverywhere(String id) throws Exception {
        var letter = mail.getReceivedMessages()[0];
        assertThat(letter.getSubject()).isEqualTo("shop/checkout on prod: approval needed");
        assertThat(letter.getAllRecipients()).extracting(Object::toString).containsExactly("sre@example.com");
        assertThat(letter.getHeader("Message-ID")).containsExactly("<" + id + "@notifier.sluice>");
        assertThat(GreenMailUtil.getBody(letter))
                .contains("Stable: 1.4.1", "Approved: 1 of 2, by alice", "https://sluice.example.com/rollouts/shop");
        assertThat(of(slack, "approval needed").getFirst().header("Idempotency-Key"))
                .isEqualTo(id);
        assertThat(of(teams, "approval needed").getFirst().body()).contains(id);
    }

    private static void isSigned(Got got) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
        var signed = got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
        assertThat(got.header("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aChannelThatIsDownHoldsUpNoOtherAndIsGivenUpLoudly() throws Exception {
        // given
        try (var nobody = new ServerSocket(0)) {
            channel("down", "slack", "http://localhost:" + nobody.getLocalPort() + "/secret-of-nobody");
        }
        settings.put("sluice.notifier.give-up-after", "PT3S");
        rules(RULES.replace("[slack, teams, hook, mail]", "[down, hook]"));
        start();

        // when
        town.publish(status(SHOP, 1, AWAITING_APPROVAL, start.plusSeconds(60)));

        // then
        await().atMost(LONG).until(() -> of(hook, "approval needed").size() == 1);
        assertThat(town.deliveries(SHOP, "down")).containsExactly("waiting");

        // then
        await().atMost(LONG).until(() -> town.deliveries(SHOP, "down").equals(List.of("failed")));
        assertThat(town.deliveries(SHOP, "hook")).containsExactly("sent");
        await().atMost(LONG)
                .until(() -> notifier.metrics()
                        .contains("sluice_notifier_messages_total{channel=\"down\",outcome=\"failed\"} 1.0"));
        assertThat(Files.readString(PackagedNotifier.log(folder)))
                .contains("a message was given up, nobody there has been told channel=down rule=approval")
                .doesNotContain("secret-of-nobody");

        // when
        passMark(SHOP);

        // then
        assertThat(of(hook, "approval needed")).hasSize(1);
    }

    @Test
    void whatWaitsForItsChannelIsSentAfterARestart() {
        // given
        slack.answers(503, Map.of(), "");
        start();
        town.publish(status(SHOP, 1, AWAITING_APPROVAL, start.plusSeconds(60)));
        await().atMost(LONG).until(() -> !slack.got().isEmpty());

        // when
        notifier.close();
        var tries = slack.got().size();
        slack.answers(200, Map.of(), "ok");
        start();

        // then
        await().atMost(LONG).until(() -> town.deliveries(SHOP, "slack").equals(List.of("sent")));
        assertThat(slack.got()).hasSize(tries + 1);
        assertThat(slack.got())
                .extracting(got -> got.header("Idempotency-Key"))
                .containsOnly(slack.got().getFirst().header("Idempotency-Key"));
    }

    @Test
    void whoDiesBetweenSendingAndRecordingSendsAgainWithTheSameId() {
        // given: a message has arrived, and whoever sent it doesn't know
        var mayAnswer = new CountDownLatch(1);
        hook.answers(exchange -> {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        start();
        town.publish(status(SHOP, 1, AWAITING_APPROVAL, start.plusSeconds(60)));
        await().atMost(LONG).until(() -> hook.got().size() == 1);

        // when
        notifier.kill();
        mayAnswer.countDown();
        hook.answers(200, Map.of(), "");
        start();

        // then
        await().atMost(LONG).until(() -> town.deliveries(SHOP, "hook").equals(List.of("sent")));
        assertThat(hook.got())
                .extracting(got -> got.header("webhook-id"))
                .hasSize(2)
                .containsOnly(hook.got().getFirst().header("webhook-id"));
    }

    @Test
    void newRulesCountWithoutARestart() throws IOException {
        // given
        start();
        town.publish(status(SHOP, 1, PROGRESSING, start.plusSeconds(60)));

        // when
        rules(RULES.replace("AwaitingApproval", "Paused").replace("name: approval", "name: paused"));
        await().atMost(LONG)
                .until(() -> Files.readString(PackagedNotifier.log(folder)).contains("are in force from now on"));
        town.publish(status(SHOP, 2, AWAITING_APPROVAL, start.plusSeconds(61)));
        passMark(SHOP);

        // then
        assertThat(of(slack, "approval needed")).isEmpty();
    }
}
