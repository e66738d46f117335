package dev.sluice.gate.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Bus;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HeldFormatsTest.Configured.class)
@QuarkusTestResource(KafkaTestResource.class)
class HeldFormatsTest {
    private static final String TOPIC = "events-of-others";

    public static final class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.incoming.formats.metadata.max.age.ms",
                    "500",
                    "sluice.gate.formats.\"" + TOPIC + "\".format",
                    "sluice");
        }
    }

    @Test
    @DisplayName("B42 what waits for a later version is told to whoever asks how the gate does")
    void isToldAsADetailOfReadiness() throws Exception {
        // given
        var servers = Map.<String, Object>of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        try (var admin = Admin.create(servers);
                var producer = new KafkaProducer<>(servers, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(java.util.List.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .get();
            var record = new ProducerRecord<byte[], byte[]>(TOPIC, Bus.utf8("{}"));
            record.headers().add("ce_sluiceformat", Bus.utf8("2"));
            record.headers().add("ce_source", Bus.utf8("sluice/metrics-gate"));

            // when
            producer.send(record).get();

            // then
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(given().get("/q/health/ready").asString())
                                    .contains("an event of a later version of Sluice waits in " + TOPIC));
        }
    }
}
