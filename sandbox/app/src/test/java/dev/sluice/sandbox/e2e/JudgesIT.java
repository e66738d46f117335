package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.message.Phase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Numbers that don't come as Sluice's own events, from where they are made to the canary that goes back. */
class JudgesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_POSTS = Duration.ofMillis(300);

    private static final String ASKED = """
                - name: error-rate
                  queryTemplate: 'max(e2e_trouble{application="{{application}}",revision="{{revision}}"})'
                  metricProviderName: prometheus
                  upperLimit: 2
                  onInconclusive: continue
            """;

    private static final String SEQUENTIAL = """
                - name: error-rate
                  ratio:
                    numerator: {metric: http.server.requests, labels: {http.response.status_code: "5.."}}
                    denominator: {metric: http.server.requests}
                  compare: {judge: sequential}
                  onInconclusive: continue
            """;

    private static final String DATA_POINT = """
            {"asInt": "%d", "startTimeUnixNano": "%d", "timeUnixNano": "%d",
             "attributes": [{"key": "http.response.status_code", "value": {"intValue": "%d"}}]}""";

    /** The usual file, its one query another. */
    private static UnaryOperator<String> asking(String query) {
        return usual -> {
            var start = usual.indexOf("    - name: error-rate");
            return usual.substring(0, start) + query + usual.substring(usual.indexOf("trafficManagement:"));
        };
    }

    @Test
    @EnabledIf("dev.sluice.sandbox.parts.PrometheusPart#available")
    @DisplayName("a real Prometheus that is asked takes a bad canary back")
    void aPrometheusTakesABadCanaryBack() {
        try (var trial = new Trial("asked")) {
            // given
            World.running().exporter().set(trial.application(), "1.1.0", 1);
            var rollout = trial.start("1.1.0", asking(ASKED));
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            trial.awaitStatus(
                    rollout,
                    "an answer that passes",
                    status -> status.analysis() != null
                            && status.analysis().queries().stream().anyMatch(query -> query.canary() != null));

            // when
            World.running().exporter().set(trial.application(), "1.1.0", 5);

            // then
            var ended = trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(ended.reason()).contains("error-rate of prometheus is 5, limit 2");
            assertThat(trial.share("-green")).isZero();
        }
    }

    @Test
    @DisplayName("OpenTelemetry's counts over HTTP, judged sequentially, take a bad canary back")
    void openTelemetryTakesABadCanaryBack() throws Exception {
        try (var trial = new Trial("counted")) {
            // given
            var rollout = trial.start("1.1.0", asking(SEQUENTIAL));
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);

            // when
            await().atMost(LIMIT).pollInterval(BETWEEN_POSTS).until(() -> {
                post(counts("counted", "1.0.0", 900, 2), counts("counted", "1.1.0", 80, 20));
                return trial.statuses().stream()
                        .anyMatch(status -> status.rollout().equals(rollout)
                                && status.phase().isFinal());
            });

            // then
            var ended = trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(ended.reason()).contains("5xx 20 % of ").contains("that it takes to fail");
            assertThat(trial.share("-green")).isZero();
        }
    }

    private static String counts(String service, String version, int good, int bad) {
        var now = System.currentTimeMillis() * 1_000_000;
        return """
            {"resource": {"attributes": [
               {"key": "service.name", "value": {"stringValue": "%s"}},
               {"key": "service.version", "value": {"stringValue": "%s"}},
               {"key": "service.instance.id", "value": {"stringValue": "pod-1"}}]},
             "scopeMetrics": [{"metrics": [{"name": "http.server.requests", "sum": {
               "aggregationTemporality": 1, "isMonotonic": true, "dataPoints": [%s, %s]}}]}]}""".formatted(
                        service,
                        version,
                        DATA_POINT.formatted(good, now - 1_000_000, now, 200),
                        DATA_POINT.formatted(bad, now - 1_000_000, now, 503));
    }

    /** Side by side, as requests come: where one side comes alone there is nothing to compare it with. */
    private static void post(String... resources) throws IOException, InterruptedException {
        var body = "{\"resourceMetrics\": [" + String.join(", ", resources) + "]}";
        var gate = "http://localhost:"
                + World.running().services().get(SluiceService.GATE).port();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(gate + "/v1/metrics"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }
}
