package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.Topics;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.rollout.reader.YamlTree;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.WithDefault;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class TopicsTest {
    private static final ConfigResource COMMANDS =
            new ConfigResource(ConfigResource.Type.TOPIC, Topic.COMMANDS.name(Topic.DEFAULT_PREFIX));

    /** The triggers', whose topics are made by whoever turns them on. */
    private static final Set<String> OF_OTHERS = Set.of("cdevents", "cdevents-heard");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Topics topics;

    @Test
    @DisplayName("B25: every topic that a service reads has its dead letters, the other services' too")
    void deadLettersHaveTheirTopics() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // given
            var ofMetrics = Topic.METRICS.deadLetters(Topic.DEFAULT_PREFIX);
            admin.deleteTopics(List.of(ofMetrics)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(ofMetrics));

            // when
            topics.prepare();

            // then
            await().until(() -> admin.listTopics().names().get().contains(ofMetrics));
        }
    }

    @Test
    @DisplayName("a compacted topic of an earlier version is compacted soon; what somebody has set on it stays")
    void compactedTopicsAreCompactedSoon() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // given
            var status = new ConfigResource(ConfigResource.Type.TOPIC, Topic.STATUS.name(Topic.DEFAULT_PREFIX));
            var ofAnEarlierVersion = List.of(
                    new AlterConfigOp(new ConfigEntry(Topic.SEGMENT_MILLIS, ""), AlterConfigOp.OpType.DELETE),
                    new AlterConfigOp(new ConfigEntry(Topic.DIRTY_RATIO, "0.7"), AlterConfigOp.OpType.SET));
            admin.incrementalAlterConfigs(Map.of(status, ofAnEarlierVersion))
                    .all()
                    .get();
            // a broker says that it is set before it shows it
            await().until(() -> setting(admin, status, Topic.DIRTY_RATIO), "0.7"::equals);

            // when
            topics.prepare();

            // then
            await().until(() -> setting(admin, status, Topic.SEGMENT_MILLIS), "600000"::equals);
            assertThat(setting(admin, status, Topic.DIRTY_RATIO)).isEqualTo("0.7");
            admin.incrementalAlterConfigs(Map.of(
                            status,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry(Topic.DIRTY_RATIO, "0.1"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            await().until(() -> setting(admin, status, Topic.DIRTY_RATIO), "0.1"::equals);
        }
    }

    @Test
    @DisplayName("B37: a topic of commands that tells its senders' time is set to the broker's")
    void commandsAreTimedByTheBroker() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // given
            var bySenders =
                    new AlterConfigOp(new ConfigEntry(Topic.TIMESTAMPS, "CreateTime"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(COMMANDS, List.of(bySenders)))
                    .all()
                    .get();
            await().until(() -> setting(admin, COMMANDS, Topic.TIMESTAMPS), "CreateTime"::equals);

            // when
            var left = topics.prepare();

            // then
            assertThat(left).isEmpty();
            await().until(() -> setting(admin, COMMANDS, Topic.TIMESTAMPS), Topic.APPEND_TIME::equals);
        }
    }

    @Test
    @DisplayName("topics are those of the AsyncAPI document, with its settings and partitions")
    void topicsAreAsTheAsyncApiDocumentSays() throws Exception {
        // given
        var channels = document().path("channels").properties().stream()
                .filter(channel -> !OF_OTHERS.contains(channel.getKey()))
                .collect(Collectors.toMap(
                        channel -> channel.getValue().path("address").asText().replace("{prefix}", "rollout."),
                        channel -> channel.getValue().at("/bindings/kafka")));
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // when
            topics.prepare();
            await().until(() -> admin.listTopics().names().get().containsAll(channels.keySet()));
            var there = admin.describeTopics(channels.keySet()).allTopicNames().get();
            // then
            for (var channel : channels.entrySet()) {
                var name = channel.getKey();
                var partitions = channel.getValue().path("partitions").asInt();
                // the tests' broker has been given fewer of the others
                assertThat(
                                name.endsWith(Topic.DEAD_LETTERS)
                                        ? there.get(name).partitions().size()
                                        : unlessSaid())
                        .as(name)
                        .isEqualTo(partitions);
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
                for (var setting : channel.getValue().path("topicConfiguration").properties()) {
                    var wanted = setting.getValue().isArray()
                            ? setting.getValue().get(0).asText()
                            : setting.getValue().asText();
                    assertThat(setting(admin, resource, setting.getKey()))
                            .as(name + " " + setting.getKey())
                            .isEqualTo(wanted);
                }
            }
            var ours = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith("rollout."))
                    .toList();
            assertThat(ours).containsExactlyInAnyOrderElementsOf(channels.keySet());
        }
    }

    private static int unlessSaid() throws Exception {
        return Integer.parseInt(EngineConfig.Topics.class
                .getMethod("partitions")
                .getAnnotation(WithDefault.class)
                .value());
    }

    private static JsonNode document() throws Exception {
        try (var stream = Topic.class.getResourceAsStream("/dev/sluice/schemas/asyncapi.yaml")) {
            return YamlTree.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String setting(Admin admin, ConfigResource topic, String name) throws Exception {
        return admin.describeConfigs(List.of(topic))
                .all()
                .get()
                .get(topic)
                .get(name)
                .value();
    }
}
