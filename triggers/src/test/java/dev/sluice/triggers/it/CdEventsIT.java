package dev.sluice.triggers.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CDEvents on topics and over HTTP. */
@QuarkusTest
@TestProfile(CdEventsIT.Both.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class CdEventsIT {
    private static final String RULES = """
            rules:
              - name: published
                from: [ci, topic]
                when: body.context.type.startsWith("dev.cdevents.artifact.published.")
                file: checkout.yaml
                revision: "{{body.subject.id}}"
            """;

    private Engine engine;
    private Map<String, Object> broker;

    /** Told and heard. */
    public static final class Both implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var folder = Files.createTempDirectory("rollouts");
                Files.writeString(folder.resolve("checkout.yaml"), "version: v1\napplication: shop/checkout\n");
                var rules = Files.writeString(folder.resolve("rules"), RULES);
                return Map.of(
                        "sluice.triggers.resources", "false",
                        "sluice.triggers.cdevents.tell", "true",
                        "sluice.triggers.cdevents.hear", "true",
                        "sluice.triggers.hooks.rules", rules.toString(),
                        "sluice.triggers.hooks.files", folder.toString(),
                        "sluice.triggers.hooks.senders.ci.kind", "cdevents",
                        "sluice.triggers.hooks.senders.ci.secret.value", "of-ci");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    static void create() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers()))) {
            admin.createTopics(List.of(
                            new NewTopic("cdevents", 1, (short) 1), new NewTopic("rollout.cdevents", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static String brokers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    @BeforeEach
    void open() {
        broker = Map.of("bootstrap.servers", brokers());
        engine = new Engine(brokers());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static String published(String id) {
        try (var file = CdEventsIT.class.getResourceAsStream("/cdevents/artifact_published.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("271069a8-fc18-44f1-b38f-9d70a1695819", id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Command start(String rollout) {
        return new Command(
                rollout,
                CommandType.START,
                "shop/told",
                null,
                null,
                null,
                null,
                "1.4.2",
                null,
                null,
                null,
                null,
                null,
                false,
                false);
    }

    @Test
    void whatRolloutsComeToIsTold() {
        // given
        var told = new ArrayList<JsonNode>();
        try (var consumer = new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            // when: whoever tells begins with what is new, and is ready at some time
            await().atMost(Engine.LIMIT).until(() -> {
                engine.says(start("told-" + told.size() + "-" + System.nanoTime()), Phase.PROMOTED);
                var partitions = consumer.partitionsFor("rollout.cdevents").stream()
                        .map(one -> new TopicPartition(one.topic(), one.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                    assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                            .isEqualTo("dev.cdevents.service.upgraded.0.3.0");
                    told.add(Json.mapper().readTree(record.value()));
                }
                return !told.isEmpty();
            });
        }

        // then
        var event = told.getFirst();
        assertThat(event.at("/context/type").asText()).isEqualTo("dev.cdevents.service.upgraded.0.3.0");
        assertThat(event.at("/subject/content/artifactId").asText()).isEqualTo("pkg:generic/shop/told@1.4.2");
        assertThat(event.at("/context/chainId").asText()).startsWith("told-");
    }

    @Test
    void whatWasPublishedIsHeardByHttpAndStartsOnce() {
        // given
        var request = given().header("Authorization", "Bearer of-ci").contentType("application/json");

        // when
        var id = request.body(published("http-1"))
                .post("/api/hooks/ci")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("started[0].id");
        request.body(published("http-1"))
                .post("/api/hooks/ci")
                .then()
                .statusCode(202)
                .body("started[0].id", equalTo(id));

        // then
        assertThat(engine.await("shop/checkout", "start").revision())
                .isEqualTo("pkg:golang/mygit.com/myorg/myapp@234fd47e07d1004f0aed9c");
        request.body(published("http-2").replace("artifact.published", "artifact.signed"))
                .post("/api/hooks/ci")
                .then()
                .statusCode(200)
                .body("started", hasSize(0));
        request.body("{\"context\": {}}").post("/api/hooks/ci").then().statusCode(422);
    }

    @Test
    void whatWasPublishedIsHeardOnTheTopic() {
        // given
        try (var producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
            // when: whoever hears begins with what is new, and is ready at some time; what nobody can read holds
            // nothing up
            await().atMost(Engine.LIMIT).until(() -> {
                for (var value : List.of("no json", published("topic-1"))) {
                    producer.send(new ProducerRecord<>("cdevents", value.getBytes(StandardCharsets.UTF_8)))
                            .get();
                }
                return engine.commands("shop/checkout").anyMatch(one -> one.id().startsWith("hook.topic."));
            });
        }

        // then
        assertThat(engine.commands("shop/checkout")
                        .filter(one -> one.id().startsWith("hook.topic."))
                        .map(Command::id)
                        .distinct())
                .hasSize(1);
    }
}
