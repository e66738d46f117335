package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.wire.DeadLetters;
import dev.sluice.schemas.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Straight to Kafka: a real broker, and the test in the engine's place. Each test has topics of its own. */
class KafkaTest {
    private static final String FILE = """
            version: v1
            application: shop/checkout
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful: {canary: {steps: [{setWeight: {weight: 10}}]}}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    private static KafkaPart kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaPart.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void sendsACommandAndTellsWhatFollowsFromIt() throws Exception {
        // given
        var broker = Broker.of(kafka, "outcome.");
        var ran = CompletableFuture.supplyAsync(() -> broker.shell().run("pause shop/checkout --request-id p-1"));
        // when
        var command = broker.first(1, Topic.COMMANDS, Command.class).getFirst();
        broker.write(MessageType.AUDIT, decision("Paused", "other-command"));
        broker.write(MessageType.AUDIT, decision("Rejected", "p-1"));
        // then
        assertThat(command.type()).isEqualTo(CommandType.PAUSE);
        assertThat(ran.get(1, TimeUnit.MINUTES).exit()).isEqualTo(3);
        assertThat(ran.get().out()).isEqualTo("Rejected prod: because\n");
    }

    @Test
    void staysWithARolloutByItsStatuses() throws Exception {
        // given
        var broker = Broker.of(kafka, "wait.");
        var shell = broker.shell().given(FILE);
        var ran = CompletableFuture.supplyAsync(() -> shell.run("start -f - --request-id r1 --wait"));
        broker.first(1, Topic.COMMANDS, Command.class);
        // when
        broker.write(MessageType.AUDIT, decision("Started", "r1"));
        broker.write(MessageType.STATUS, Said.status("r1", "prod", Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED, 1));
        broker.write(MessageType.STATUS, Said.status("r1", "prod", Phase.ROLLED_BACK, ReasonCode.ANALYSIS_FAILED, 1));
        // then
        assertThat(ran.get(1, TimeUnit.MINUTES).exit()).isEqualTo(4);
        assertThat(ran.get().out()).isEqualTo("prod: RolledBack: because of AnalysisFailed\n");
    }

    @Test
    void anInvalidFileNeverGetsToTheTopic() {
        // when
        var ran = Broker.of(kafka, "invalid.")
                .shell()
                .given("version: v1\napplication: shop/checkout\n")
                .run("start -f -");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("/targets");
    }

    @Test
    void listsTheLastWordOnEachTarget() {
        // given
        var broker = Broker.of(kafka, "list.");
        broker.write(MessageType.STATUS, Said.status("r1", "prod", Phase.PROMOTED, ReasonCode.PROMOTED, 4));
        broker.write(MessageType.STATUS, Said.status("r2", "prod", Phase.PAUSED, ReasonCode.OPERATOR_PAUSED, 2));
        // when
        var listed = Read.json(broker.shell().run("list -o json").out());
        // then
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/rollout").asText()).isEqualTo("r2");
        assertThat(listed.at("/0/targets/0/phase").asText()).isEqualTo("Paused");
    }

    @Test
    void namesTheTopicThatIsNotThere() {
        // when
        var ran = Broker.of(kafka, "there.").shell().run("list --topics-prefix elsewhere.");
        // then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("elsewhere.status", "--topics-prefix");
    }

    @Test
    void publishesAMetricEvent() {
        // given
        var broker = Broker.of(kafka, "metric.");
        // when
        var ran = broker.shell()
                .run("emit-metric shop/checkout --target prod --variant canary --metric http_requests --count 5"
                        + " --label code=503");
        // then
        assertThat(ran.exit()).as(ran.err()).isZero();
        var event = broker.first(1, Topic.METRICS, MetricEvent.class).getFirst();
        assertThat(event.count()).isEqualTo(5);
        assertThat(event.labels()).containsEntry("code", "503");
    }

    @Test
    void showsDeadLettersAndSendsThemAgainAsTheyWere() {
        // given
        var broker = Broker.of(kafka, "dead.");
        var value = "{\"id\":\"c1\"}".getBytes(StandardCharsets.UTF_8);
        var dead = new ConsumerRecord<>("dead.commands", 0, 7, "key".getBytes(StandardCharsets.UTF_8), value);
        dead.headers().add("mine", new byte[] {1});
        broker.write(DeadLetters.of(Topic.COMMANDS, "dead.", dead, "/type: is missing", Said.NOON));
        // when
        var listed = Read.json(broker.shell().run("dlq list -o json").out());
        var shown = broker.shell().run("dlq show commands");
        var unknown = broker.shell().run("dlq redrive commands 0/5");
        var sent = broker.shell().run("dlq redrive commands 0/0");
        // then
        assertThat(listed).filteredOn(one -> one.path("letters").asInt() == 1).hasSize(1);
        assertThat(shown.out()).contains("0/0", "/type: is missing", "dead.commands/0/7", "{\"id\":\"c1\"}");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(sent.exit()).as(sent.err()).isZero();
        var again = broker.first(1, Topic.COMMANDS, JsonNode.class).getFirst();
        assertThat(again.path("id").asText()).isEqualTo("c1");
    }

    private static Audit decision(String name, String command) {
        var event = new Audit.EventRef("pause", command, null);
        return new Audit(
                "a-" + command,
                name,
                Said.APPLICATION,
                "prod",
                "r1",
                event,
                "alice",
                "because",
                List.of(),
                null,
                null,
                Said.NOON);
    }
}
