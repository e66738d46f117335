package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.e2e.SmokeTests.Call;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A rollout over three targets that waits for everything there is to wait for. */
class LanguageIT {
    private static final String NAME = "language";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> TARGETS = List.of("staging", "prod-us", "prod-eu");
    private static final List<String> SERVED =
            List.of("", "-blue", "-green", "-us", "-us-blue", "-us-green", "-eu", "-eu-blue", "-eu-green");

    @Test
    @DisplayName(
            "three targets with an approval, a webhook with its callback, an analysis and a freeze come to their end")
    void threeTargetsComeThrough() throws Exception {
        try (var trial = new Trial(NAME, (topic, key) -> null, SERVED);
                var tests = new SmokeTests();
                var requests = Executors.newSingleThreadScheduledExecutor()) {
            // given
            var unused = requests.scheduleAtFixedRate(() -> publishRequests(trial), 0, 100, TimeUnit.MILLISECONDS);
            var rollout = start(trial, tests);

            // when staging's tests run
            var call = awaitCall(tests, "staging");
            assertThat(call.authorization()).isEqualTo("Bearer " + World.HOOK_SECRET);
            awaitStatus(trial, rollout, "staging", status -> status.links() != null);
            assertThat(SmokeTests.callBack(call, true)).isEqualTo(200);
            assertThat(SmokeTests.callBack(call, false))
                    .as("the same once more")
                    .isEqualTo(200);

            // then the next ones wait for a person
            awaitStatus(trial, rollout, "staging", status -> status.phase() == Phase.PROMOTED);
            awaitStatus(trial, rollout, "prod-us", status -> status.phase() == Phase.AWAITING_APPROVAL);

            // when it is approved while a freeze is up
            say("freeze", "*", node -> node.putObject("labels").put("team", NAME));
            say(
                    "approve",
                    trial.application(),
                    node -> node.put("target", "prod-us").putArray("roles").add("sre"));

            // then no weight goes up until it is lifted
            awaitStatus(trial, rollout, "prod-us", status -> status.phase() == Phase.WAITING);
            assertThat(share(trial, "-us")).isZero();
            assertThat(share(trial, "-eu")).isZero();
            say("unfreeze", "*", node -> node.putObject("labels").put("team", NAME));

            // and both go on together
            var american = awaitCall(tests, "prod-us");
            var european = awaitCall(tests, "prod-eu");
            SmokeTests.callBack(american, true);
            SmokeTests.callBack(european, true);
            for (var target : TARGETS) {
                awaitStatus(trial, rollout, target, status -> status.phase() == Phase.PROMOTED);
            }
            assertThat(tests.calls()).extracting(Call::key).hasSize(3).doesNotHaveDuplicates();
            assertThat(get("/api/decisions/" + trial.application() + "?limit=1000"))
                    .contains("Promoted")
                    .doesNotContain(World.HOOK_SECRET);
            assertThat(get("/api/history/" + trial.application())).contains(rollout, "PEOPLE", "ANALYSING", "HELD");
        }
    }

    private static String start(Trial trial, SmokeTests tests) {
        return trial.start("1.1.0", usual -> file().replace("PORT", Integer.toString(tests.port())));
    }

    private static String file() {
        try (var yaml = LanguageIT.class.getResourceAsStream("/language-rollout.yaml")) {
            return new String(yaml.readAllBytes(), UTF_8).replace("NAME", NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void publishRequests(Trial trial) {
        for (var target : TARGETS) {
            for (var variant : List.of("stable", "canary")) {
                var event = Json.mapper()
                        .createObjectNode()
                        .put("application", trial.application())
                        .put("target", target)
                        .put("variant", variant)
                        .put("metric", "http_requests")
                        .put("count", variant.equals("stable") ? 80 : 20);
                event.putObject("labels").put("code", "200");
                trial.publish(
                        Topic.METRICS,
                        trial.application() + "/" + target,
                        event.toString().getBytes(UTF_8));
            }
        }
    }

    private static Call awaitCall(SmokeTests tests, String target) {
        await("call for " + target)
                .atMost(LIMIT)
                .until(() ->
                        tests.calls().stream().anyMatch(call -> call.target().equals(target)));
        return tests.calls().stream()
                .filter(call -> call.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitStatus(Trial trial, String rollout, String target, Predicate<Status> wanted) {
        await(target)
                .atMost(LIMIT)
                .until(() -> trial.statuses().stream()
                        .anyMatch(status -> status.rollout().equals(rollout)
                                && status.target().equals(target)
                                && wanted.test(status)));
    }

    private static double share(Trial trial, String site) {
        return trial.share(site, site + "-green");
    }

    private static void say(String type, String application, Consumer<ObjectNode> with) throws Exception {
        var command = Json.mapper()
                .createObjectNode()
                .put("id", type + "-" + System.nanoTime())
                .put("type", type)
                .put("application", application)
                .put("actor", "e2e")
                .put("reason", "a test");
        with.accept(command);
        World.running()
                .producer()
                .send(new ProducerRecord<>(
                        Topic.COMMANDS.name(Topic.DEFAULT_PREFIX),
                        application.getBytes(UTF_8),
                        command.toString().getBytes(UTF_8)))
                .get();
    }

    private static String get(String path) throws IOException, InterruptedException {
        var engine = "http://localhost:"
                + World.running().services().get(SluiceService.ENGINE).port();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(engine + path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
