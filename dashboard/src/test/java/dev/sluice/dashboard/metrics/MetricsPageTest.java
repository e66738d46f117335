package dev.sluice.dashboard.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.dashboard.Bus;
import dev.sluice.dashboard.Shop;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class MetricsPageTest {
    private static Status status(int step) {
        return Shop.status(
                "shop/measured",
                "prod",
                step,
                status ->
                        status.put("step", step).put("updatedAt", Instant.now().toString()));
    }

    @Test
    void whatThePageOfMetricsSaysIsExportedWithHelpAndNothingElse() {
        // when
        try (var bus = new Bus()) {
            bus.publish(status(1), status(2), status(3));
            bus.publishUnreadable();
        }

        // then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(DocumentedMetrics.read()
                                .differences(
                                        "dashboard",
                                        given().get("/q/metrics")
                                                .then()
                                                .extract()
                                                .asString()))
                        .isEmpty());
    }
}
