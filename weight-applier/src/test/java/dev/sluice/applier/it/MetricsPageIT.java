package dev.sluice.applier.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.WeightReport.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "choice", value = "mock"))
class MetricsPageIT {
    private static final String NAMESPACE = "measured";

    Cluster cluster;

    private static String exported() {
        return given().get("/q/metrics").then().extract().asString();
    }

    @Test
    void whatThePageOfMetricsSaysIsExportedWithHelpAndNothingElse() {
        // given
        var begin = TestOrder.begins().in(NAMESPACE);
        try (var client = cluster.part().client();
                var desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class))) {
            new Shop(client, NAMESPACE, "v1alpha4").ready(3, 3);

            // when
            desk.send(begin);
            desk.awaitReport(begin, Outcome.APPLIED);
            desk.send(begin);

            // then
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(DocumentedMetrics.read().differences("applier", exported()))
                            .isEmpty());
            assertThat(exported().lines().filter(line -> line.startsWith("sluice_applier_apply_seconds_count")))
                    .singleElement()
                    .asString()
                    .endsWith(" 1.0");
        }
    }
}
