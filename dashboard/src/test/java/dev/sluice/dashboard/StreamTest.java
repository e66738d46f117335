package dev.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URL;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser is told, from a real broker to its end of the stream. */
@QuarkusTest
@TestProfile(StreamTest.Quick.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class StreamTest {
    public static final class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.dashboard.heartbeat", "PT0.3S",
                    // so that a reader who stands still misses something
                    "sluice.dashboard.memory.recent", "500",
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

    private static Predicate<JsonNode> of(String application) {
        return of(application, "application");
    }

    private static Predicate<JsonNode> of(String value, String name) {
        return data -> data.path(name).asText().equals(value);
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
            var snapshot = events.await("snapshot").data();
            bus.publish(Shop.status("shop/first", "prod", 2));
            bus.publish(Shop.decision("shop/first", "prod", 1, "StepEntered", Shop.NOON));
            bus.publish(Shop.verdict("shop/first", "prod", 1));
            // then
            assertThat(has(snapshot, "shop/first")).isTrue();
            assertThat(snapshot.path("freezes").isNull()).isTrue();
            assertThat(snapshot.path("caughtUp").isBoolean()).isTrue();
            assertThat(events.await("status", about("shop/first", 2)).data())
                    .isEqualTo(Json.mapper().readTree(Shop.json(Shop.status("shop/first", "prod", 2))));
            events.await("verdict", of("shop/first"));
        }
    }

    @Test
    void goesOnWhereAReaderBrokeOff() throws IOException, InterruptedException {
        // given
        String last;
        try (var events = open()) {
            bus.publish(Shop.status("shop/resumed", "prod", 1));
            last = events.await("status", about("shop/resumed", 1)).id();
        }
        try (var other = open()) {
            bus.publish(Shop.status("shop/resumed", "prod", 2));
            bus.publish(Shop.status("shop/resumed", "staging", 1));
            other.await("status", of("shop/resumed").and(of("staging", "target")));
        }
        // when
        try (var events = Events.after(last, url.toString())) {
            // then
            events.await("status", about("shop/resumed", 2));
            events.await("status", of("staging", "target"));
            assertThat(events.seen()).extracting(Events.Event::name).doesNotContain("snapshot");
        }
    }

    @Test
    void beginsAnewWhereAnotherInstanceLeftOff() throws IOException, InterruptedException {
        try (var events = Events.after("deadbeef.1", url.toString())) {
            events.await("snapshot");
        }
    }

    @Test
    void saysThatATargetIsGone() throws IOException, InterruptedException {
        try (var events = open()) {
            // given
            bus.publish(Shop.status("shop/gone", "prod", 1));
            events.await("status", about("shop/gone", 1));
            // when
            bus.forget("shop/gone", "prod");
            // then
            events.await("gone", data -> data.path("key").asText().equals("shop/gone/prod"));
        }
        try (var events = open()) {
            assertThat(has(events.await("snapshot").data(), "shop/gone")).isFalse();
        }
    }

    @Test
    void saysAgainAndAgainHowOldThePictureIs() throws IOException, InterruptedException {
        try (var events = open()) {
            // given
            bus.publish(Shop.status("shop/aging", "prod", 1));
            events.await("status", about("shop/aging", 1));
            // when
            var first = events.await(
                            "heartbeat",
                            data -> data.path("caughtUp").asBoolean()
                                    && data.path("newest").isTextual())
                    .data();
            var second = events.await(
                            "heartbeat",
                            data -> data.path("now")
                                            .asText()
                                            .compareTo(first.path("now").asText())
                                    > 0)
                    .data();
            // then
            assertThat(second.path("lagMillis").isIntegralNumber()).isTrue();
            assertThat(Instant.parse(second.path("newest").asText()))
                    .isBefore(Instant.parse(second.path("now").asText()));
        }
    }

    @Test
    void isHeldUpByNothingThatItCannotRead() throws IOException, InterruptedException {
        try (var events = open()) {
            // when
            bus.publishUnreadable();
            bus.publish(Shop.status("shop/readable", "prod", 1));
            // then
            events.await("status", about("shop/readable", 1));
        }
    }

    @Test
    void tellsAReaderWhoStoodStillOnlyWhatIsStillSo() throws IOException, InterruptedException {
        try (var still = new StandingReader(url);
                var quick = open()) {
            // given
            still.ask();
            var versions = 60;
            // when
            for (int version = 1; version <= versions; version++) {
                bus.publish(crowd("shop/crowd", version));
                quick.await("status", about("shop/crowd", version).and(of("prod-99", "target")));
            }
            // each target's last version comes once, in a snapshot or after it
            var seen = still.readUntil("\"version\":" + versions + ",", 100);
            // then
            assertThat(seen.split("event: ?snapshot", -1).length - 1).isGreaterThan(1);
            assertThat(seen.split("\"version\":", -1).length - 1).isLessThan(versions * 100);
        }
    }

    /** Each of a hundred targets, in one transaction, and each with much to say. */
    private static Status[] crowd(String application, int version) {
        return IntStream.range(0, 100)
                .mapToObj(target -> Shop.status(
                        application, "prod-" + target, version, status -> status.put("reason", "because ".repeat(100))))
                .toArray(Status[]::new);
    }
}
