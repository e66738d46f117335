package dev.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser is told, from a real broker to its end of the stream. */
@QuarkusTest
@TestProfile(StreamTest.Quick.class)
@QuarkusTestResource(KafkaTestResource.class)
class StreamTest {
    public static final class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.dashboard.heartbeat", "PT0.3S",
                    // nothing listens there
                    "sluice.dashboard.engine.url", "http://localhost:1");
        }
    }

    @TestHTTPResource("/api/stream")
    URL url;

    private Bus bus;

    @BeforeEach
    void connect() {
        bus = new Bus();
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    private Events open() throws IOException, InterruptedException {
        return Events.of(url.toString());
    }

    private static Predicate<JsonNode> about(String application, long version) {
        return data -> data.path("application").asText().equals(application)
                && data.path("version").asLong() == version;
    }

    private static boolean has(JsonNode snapshot, String application) {
        return StreamSupport.stream(snapshot.path("statuses").spliterator(), false)
                .anyMatch(status -> status.path("application").asText().equals(application));
    }

    @Test
    void tellsWhatThereIsAndThenWhatChanges() throws IOException, InterruptedException {
        // given
        try (var early = open()) {
            bus.publish(Shop.status("shop/first", "prod", 1));
            early.await("status", about("shop/first", 1));
        }
        try (var events = open()) {
            // when
            var snapshot = events.await("snapshot");
            bus.publish(Shop.status("shop/first", "prod", 2));
            bus.publish(Shop.decision("shop/first", "prod", 1, "StepEntered", Shop.NOON));
            bus.publish(Shop.verdict("shop/first", "prod", 1));
            // then
            assertThat(has(snapshot.data(), "shop/first")).isTrue();
            assertThat(events.await("status", about("shop/first", 2))
                            .data()
                            .path("reason")
                            .asText())
                    .isEqualTo("analysis run 2 of 5");
            events.await("verdict", data -> data.path("application").asText().equals("shop/first"));
        }
    }
}
