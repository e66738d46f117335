package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** An instance that starts where a thousand targets have been rolled out for days. It knows nothing but what the topics say. */
@QuarkusTest
@QuarkusTestResource(value = BeginningTest.Before.class, restrictToAnnotatedClass = true)
class BeginningTest {
    private static final int TARGETS = 1000;

    public static final class Before implements QuarkusTestResourceLifecycleManager {
        private final KafkaTestResource kafka = new KafkaTestResource();

        @Override
        public Map<String, String> start() {
            var settings = kafka.start();
            try (var bus = new Bus(settings.get("kafka.bootstrap.servers"))) {
                bus.publish(Shop.status("shop/forgotten", "prod", 1));
                bus.publish(all(1));
                bus.forget("shop/forgotten", "prod");
                bus.publish(all(2));
                var started = Instant.now().minus(Duration.ofHours(1));
                bus.publish(Shop.decision("shop/checkout", null, 1, "Started", started));
                bus.publish(Shop.decision("shop/checkout", "prod", 2, "Promoted", started.plusSeconds(90)));
                bus.publish(Shop.verdict("shop/checkout", "prod", 1));
                bus.publishInVain(Shop.status("shop/in-vain", "prod", 1));
            }
            return settings;
        }

        private static Status[] all(long version) {
            return IntStream.range(0, TARGETS)
                    .mapToObj(number -> Shop.status("shop/app-" + number, "prod", version))
                    .toArray(Status[]::new);
        }

        @Override
        public void stop() {
            kafka.stop();
        }
    }

    @TestHTTPResource("/api/stream")
    URL url;

    private static void awaitEverythingRead() {
        Awaitility.await("everything is read")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks[0].data.history", equalTo("read")));
    }

    @Test
    void isReadyOnceItKnowsTheNewestStatusOfEveryTarget() throws IOException, InterruptedException {
        // given
        awaitEverythingRead();
        // when
        try (var events = Events.packed(url.toString())) {
            var snapshot = events.await("snapshot").data();
            // then
            assertThat(events.header("content-encoding")).isEqualTo("gzip");
            assertThat(snapshot.path("caughtUp").asBoolean()).isTrue();
            var more = snapshot.path("more").asInt();
            Awaitility.await("the rest")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> events.all("status").size() == more);
            assertThat(Stream.concat(
                            StreamSupport.stream(snapshot.path("statuses").spliterator(), false),
                            events.all("status").stream()))
                    .hasSize(TARGETS)
                    .allSatisfy(status ->
                            assertThat(status.path("version").asLong()).isEqualTo(2))
                    .extracting(status -> status.path("application").asText())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void beginsAnewForAReaderWhoBrokeOffInAPicture() throws IOException, InterruptedException {
        // given
        awaitEverythingRead();
        String id;
        try (var events = Events.of(url.toString())) {
            var snapshot = events.await("snapshot");
            assertThat(snapshot.data().path("more").asInt()).isPositive();
            id = snapshot.id();
        }
        // when / then
        try (var events = Events.after(id, url.toString())) {
            events.await("snapshot");
        }
    }

    @Test
    void tellsAnApplicationsTimeline() {
        awaitEverythingRead();
        given().get("/api/applications/shop/checkout/timeline")
                .then()
                .statusCode(200)
                .body("application", equalTo("shop/checkout"))
                .body("complete", equalTo(true))
                .body("audit.id", equalTo(java.util.List.of("shop/checkout/2", "shop/checkout/1")))
                .body("targets", hasSize(1))
                .body("targets[0].target", equalTo("prod"))
                .body("targets[0].verdicts[0].outcome", equalTo("Fail"))
                .body("targets[0].weights[0].desired", equalTo(2))
                .body("targets[0].weights[0].phase", equalTo("Progressing"));
    }

    @Test
    void tellsTheFleetsFiguresWithTheirWindow() {
        awaitEverythingRead();
        given().get("/api/fleet")
                .then()
                .statusCode(200)
                .body("complete", equalTo(true))
                .body("promoted", equalTo(1))
                .body("wentBack", equalTo(0))
                .body("changeFailureRate", equalTo(0.0f))
                .body("leadTime.medianMillis", equalTo(90_000))
                .body("timeToRestore", equalTo(null));
        var figures = given().get("/api/fleet").as(JsonNode.class);
        assertThat(Duration.between(
                        Instant.parse(figures.path("from").asText()),
                        Instant.parse(figures.path("to").asText())))
                .isLessThanOrEqualTo(Duration.ofDays(7));
    }

    /** So that the next start reads everything, and so does any other instance. */
    @Test
    void leavesNoPlaceInKafka() throws ExecutionException, InterruptedException {
        // given
        awaitEverythingRead();
        var brokers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) brokers))) {
            // when
            var groups = admin.listGroups().all().get();
            // then
            assertThat(groups).hasSize(3);
            for (var group : groups) {
                assertThat(group.groupId()).startsWith("rollout.dashboard-");
                assertThat(admin.listConsumerGroupOffsets(group.groupId())
                                .partitionsToOffsetAndMetadata()
                                .get())
                        .isEmpty();
            }
        }
    }
}
