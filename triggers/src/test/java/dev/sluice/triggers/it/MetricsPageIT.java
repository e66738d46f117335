package dev.sluice.triggers.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.triggers.Meters;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(MetricsPageIT.WithRules.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class MetricsPageIT {
    public static final class WithRules implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var rules = Files.writeString(Files.createTempFile("rules", ".yaml"), "rules: []");
                return Map.of("sluice.triggers.resources", "false", "sluice.triggers.hooks.rules", rules.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    Meters meters;

    @Test
    void whatThePageOfMetricsSaysIsExportedWithHelpAndNothingElse() {
        // when
        meters.sent("argocd", "start");
        meters.notSent("argocd");
        meters.refused("argocd");
        var brokers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>("rollout.status", "shop/unreadable/prod", "no status"));
        }

        // then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(DocumentedMetrics.read()
                                .differences(
                                        "triggers",
                                        given().get("/q/metrics")
                                                .then()
                                                .extract()
                                                .asString()))
                        .isEmpty());
    }
}
