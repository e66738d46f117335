package dev.sluice.telemetry.deploy;

import static dev.sluice.telemetry.deploy.Deployed.ROOT;
import static dev.sluice.telemetry.deploy.Deployed.all;
import static dev.sluice.telemetry.deploy.Deployed.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The profile {@code observability} of docker-compose.yml, which no engine is needed to read. */
class ComposeTest {
    private final JsonNode services =
            Deployed.yaml(ROOT.resolve("docker-compose.yml")).path("services");
    private final JsonNode jobs =
            Deployed.yaml(ROOT.resolve("deploy/prometheus/prometheus.yaml")).path("scrape_configs");

    private static Stream<String> scraped(JsonNode job) {
        return Stream.concat(
                all(job.path("static_configs")).flatMap(some -> texts(some.path("targets")).stream()),
                all(job.path("dns_sd_configs"))
                        .flatMap(some -> texts(some.path("names")).stream()
                                .map(name -> name + ":" + some.path("port").asInt())));
    }

    @Test
    void prometheusScrapesEveryServiceOfOurs() {
        // given
        var ours = services.properties().stream()
                .filter(service ->
                        service.getValue().at("/build/target").asText().equals("service"))
                .map(service -> service.getKey() + ":8080")
                .toList();

        // then
        assertThat(ours).hasSize(6);
        assertThat(all(jobs).flatMap(ComposeTest::scraped)).containsExactlyInAnyOrderElementsOf(ours);
        assertThat(all(jobs)).allSatisfy(job -> {
            assertThat(job.path("job_name").asText()).startsWith("sluice");
            assertThat(job.path("metrics_path").asText()).isEqualTo("/q/metrics");
        });
    }

    @Test
    void whatTheProfileMountsIsThereAndOnlyTheProfileStartsIt() {
        // then
        for (var name : List.of("prometheus", "grafana")) {
            var service = services.path(name);
            assertThat(texts(service.path("profiles"))).containsExactly("observability");
            assertThat(texts(service.path("ports"))).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(texts(service.path("volumes"))).isNotEmpty().allSatisfy(volume -> {
                assertThat(volume).endsWith(":ro");
                assertThat(ROOT.resolve(volume.substring(0, volume.indexOf(':'))))
                        .isDirectory();
            });
        }
    }

    @Test
    void grafanaKnowsPrometheusAndWhereTheDashboardsAre() {
        // given
        var provisioning = ROOT.resolve("deploy/grafana/provisioning");

        // when
        var source = Deployed.yaml(provisioning.resolve("datasources/prometheus.yaml"))
                .at("/datasources/0/url");
        var dashboards =
                Deployed.yaml(provisioning.resolve("dashboards/sluice.yaml")).at("/providers/0/options/path");

        // then
        assertThat(source.asText()).isEqualTo("http://prometheus:9090");
        assertThat(texts(services.at("/grafana/volumes")))
                .contains(
                        "./deploy/grafana/provisioning:/etc/grafana/provisioning:ro",
                        "./deploy/grafana:" + dashboards.asText() + ":ro");
        assertThat(services.at("/grafana/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                        .asText())
                .isEqualTo(dashboards.asText() + "/fleet.json");
    }
}
