package dev.sluice.gate.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gate.Bus;
import dev.sluice.gate.Shop;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
class MetricsPageTest {
    @Inject
    Meters meters;

    @Test
    void whatThePageOfMetricsSaysIsExportedWithHelpAndNothingElse() {
        // when
        meters.handedOver("otlp_http", 1);
        meters.dropped("otlp_http", Drop.NO_TARGET, 1);
        try (var bus =
                new Bus(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), "rollout.")) {
            bus.measure(Shop.named("shop/measured").requests("canary", "200", 90));
        }

        // then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(DocumentedMetrics.read()
                                .differences(
                                        "gate",
                                        given().get("/q/metrics")
                                                .then()
                                                .extract()
                                                .asString()))
                        .isEmpty());
    }
}
