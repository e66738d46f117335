package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every way to steer a rollout, said over HTTP and seen where people look: in its status, and in the cluster's split. */
class SteeringIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Nobody waits for a pause to end: each is ended by a command. */
    private static final String STEPS = """
            - setWeight: {weight: 10}
            - pause: {duration: 1, unit: hours}
            - setWeight: {weight: 50}
            - pause: {duration: 1, unit: hours}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String engine = "http://localhost:"
            + World.running().services().get(SluiceService.ENGINE).port();
    private Trial trial;
    private int commands;

    @AfterEach
    void close() {
        trial.close();
        client.close();
    }

    @Test
    @DisplayName("skip, goto, update and promote take a rollout where they say, and undo takes it back")
    void aRolloutGoesWhereItIsSteered() throws Exception {
        // given
        trial = new Trial("steered");
        start("reject");
        awaitStep(2, 0.1);

        // when
        say("skip");

        // then
        awaitStep(4, 0.5);

        // when
        say("goto", node -> node.put("step", 1));

        // then
        awaitStep(2, 0.1);
        assertThat(decisions("goto", node -> node.put("step", 9))).containsExactly("Rejected");

        // when
        say("update", node -> node.set("rollout", file("reject", STEPS.replace("50", "30"))));
        say("skip");

        // then
        awaitStep(4, 0.3);

        // when
        var promoted = rollout().path("rollout").asText();
        say("promote");

        // then
        awaitPhase("Promoted");
        assertThat(trial.share("-green")).isEqualTo(1);

        // when
        say("undo");

        // then
        awaitTarget(target -> target.path("undoOf").asText().equals(promoted)
                && target.path("phase").asText().equals("Promoted"));
        assertThat(trial.share("-blue")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B03 a retry begins anew, a start that may wait follows it, and one that supersedes sends that back first")
    void oneRolloutFollowsTheOther() throws Exception {
        // given
        trial = new Trial("followed");
        var first = start("reject");
        awaitStep(2, 0.1);
        say("abort");
        awaitPhase("RolledBack");
        assertThat(trial.share("-green")).isZero();

        // when
        say("retry");

        // then
        awaitTarget(target -> target.path("retryOf").asText().equals(first));
        awaitStep(2, 0.1);

        // when
        var queued = start("enqueueOne");

        // then
        awaitTarget(target -> target.path("queued").asText().equals(queued));
        assertThat(trial.share("-green")).isEqualTo(0.1, within(1e-9));

        // when
        say("promote");

        // then: the backends have changed their roles
        await("the queued rollout").atMost(LIMIT).until(() -> isRunning(queued) && isAt("-blue", 0.1));

        // when
        var superseding = start("supersede");

        // then
        await("the superseding rollout").atMost(LIMIT).until(() -> isRunning(superseding) && isAt("-blue", 0.1));
        assertThat(trial.statuses())
                .anyMatch(status -> status.rollout().equals(queued)
                        && status.phase().isFinal()
                        && status.weight().applied().isZero());

        // when
        say("abort");

        // then
        awaitPhase("RolledBack");
        assertThat(trial.share("-blue")).isZero();
    }

    private String start(String ifRolloutInProgress) throws IOException, InterruptedException {
        return say(
                "start",
                node -> node.put("revision", "1." + commands + ".0").set("rollout", file(ifRolloutInProgress, STEPS)));
    }

    private JsonNode file(String ifRolloutInProgress, String steps) {
        var name = trial.application().substring(trial.application().indexOf('/') + 1);
        var text = """
                version: v1
                application: %1$s
                rolloutConfig:
                  ifRolloutInProgress: {strategy: %2$s}
                targets:
                  prod: {cluster: prod, namespace: shop, strategy: steered}
                strategies:
                  steered:
                    canary:
                      steps:
                %3$s
                trafficManagement:
                  - smi: [{rootServiceName: %4$s, activeServiceName: %4$s-blue, canaryServiceName: %4$s-green}]
                """.formatted(trial.application(), ifRolloutInProgress, steps.indent(8), name);
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("this is YAML: " + text, e);
        }
    }

    private void say(String type) throws IOException, InterruptedException {
        say(type, node -> {});
    }

    /** @return the command's id */
    private String say(String type, Consumer<ObjectNode> with) throws IOException, InterruptedException {
        assertThat(decisions(type, with)).isNotEmpty().doesNotContain("Rejected", "Ignored");
        return id(type);
    }

    /** What a command leads to. */
    private List<String> decisions(String type, Consumer<ObjectNode> with) throws IOException, InterruptedException {
        commands++;
        var command = Json.mapper()
                .createObjectNode()
                .put("id", id(type))
                .put("type", type)
                .put("application", trial.application())
                .put("actor", "alice")
                .put("reason", "a test");
        with.accept(command);
        var sent = client.send(
                HttpRequest.newBuilder(URI.create(engine + "/api/commands"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(command.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        var led = new ArrayList<String>();
        get("/api/commands/" + trial.application() + "?wait=20s&id=" + URLEncoder.encode(id(type), UTF_8))
                .forEach(decision -> led.add(decision.path("decision").asText()));
        return led;
    }

    private String id(String type) {
        return trial.application().replace('/', '-') + "-" + type + "-" + commands;
    }

    private JsonNode rollout() throws IOException, InterruptedException {
        return get("/api/rollouts/" + trial.application());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var answer =
                client.send(HttpRequest.newBuilder(URI.create(engine + path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    private void awaitStep(int step, double share) {
        awaitTarget(target -> target.path("step").asInt() == step);
        await("the split at " + share).atMost(LIMIT).until(() -> isAt("-green", share));
    }

    private void awaitPhase(String phase) {
        awaitTarget(target -> target.path("phase").asText().equals(phase));
    }

    private void awaitTarget(Predicate<JsonNode> wanted) {
        await().atMost(LIMIT).until(() -> rollout().path("targets").path(0), wanted);
    }

    private boolean isRunning(String rollout) throws IOException, InterruptedException {
        return rollout().path("rollout").asText().equals(rollout);
    }

    private boolean isAt(String suffix, double share) {
        return Math.abs(trial.share(suffix) - share) < 1e-9;
    }
}
