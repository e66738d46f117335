package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.PrometheusPart;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** docs/observability.md: a real Prometheus with our rules, and real services that it scrapes while a rollout runs. */
class PrometheusIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void prometheusReadsAllServicesAndUnderstandsAllRules() {
        assumeThat(PrometheusPart.available()).as("a Prometheus is here").isTrue();
        try (var trial = new Trial("measured");
                var prometheus = PrometheusPart.with(settings())) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);

            // when
            var rollout = trial.start("1.1.0");
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);

            // then
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(value(prometheus, "sum(up{job=\"sluice\"})")).isEqualTo(SluiceService.ROLLING_OUT.size());
                assertThat(value(prometheus, "sum(sluice_decisions_total{decision=\"Started\"})"))
                        .isPositive();
                assertThat(value(prometheus, "sum(sluice_gate_verdicts_total{outcome=\"pass\"})"))
                        .isPositive();
                assertThat(value(prometheus, "sum(sluice_applier_apply_seconds_count)"))
                        .isPositive();
                assertThat(value(
                                prometheus,
                                "count by (topic) (sluice_consumer_lag_records{topic=\"rollout.commands\"})"))
                        .isPositive();
            });
            assertThat(rules(prometheus))
                    .as("how Prometheus finds our rules")
                    .isNotEmpty()
                    .allMatch(rule -> rule.path("health").asText().equals("ok"));
        }
    }

    private static String settings() {
        var targets = SluiceService.ROLLING_OUT.stream()
                .map(service ->
                        "'localhost:" + World.running().services().get(service).port() + "'")
                .collect(Collectors.joining(", "));
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - {job_name: sluice, metrics_path: /q/metrics, static_configs: [{targets: [%s]}]}
                """.formatted(DocumentedMetrics.root().resolve("deploy/prometheus/alerts.yaml"), targets);
    }

    private double value(PrometheusPart prometheus, String query) {
        var result = ask(prometheus, "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .at("/data/result");
        return result.isEmpty() ? 0 : result.get(0).at("/value/1").asDouble();
    }

    private List<JsonNode> rules(PrometheusPart prometheus) {
        await().atMost(LIMIT)
                .until(() -> ask(prometheus, "/api/v1/rules").findValues("health").stream()
                        .noneMatch(health -> health.asText().equals("unknown")));
        return StreamSupport.stream(
                        ask(prometheus, "/api/v1/rules").at("/data/groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    private JsonNode ask(PrometheusPart prometheus, String path) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(prometheus.url() + path)).build();
            return Json.mapper()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
