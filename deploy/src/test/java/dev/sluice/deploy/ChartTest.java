package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.Helm.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of everything that the chart makes, whatever is set. */
class ChartTest {
    static Stream<Rendered> choices() {
        return Stream.of("least", "namespaces", "certificates", "everything")
                .map(name -> Helm.template(Values.least(), Values.named(name)));
    }

    private static Stream<JsonNode> containers(Rendered rendered) {
        return rendered.pods().values().stream().map(pod -> pod.at("/containers/0"));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void everyVariableIsASettingOfItsService(Rendered rendered) {
        rendered.pods()
                .keySet()
                .forEach(service -> assertThat(rendered.environment(service).keySet())
                        .allMatch(variable -> Settings.isKnown(service, variable)));
    }

    @Test
    void tellsSettingsFromWhatLooksLikeOne() {
        assertThat(Settings.isKnown("metrics-gate", "SLUICE_GATE_PROVIDERS_MAIN_URL"))
                .isFalse();
        assertThat(Settings.isKnown("metrics-gate", "SLUICE_GATE_GRACES")).isFalse();
        assertThat(Settings.isKnown("dashboard", "SLUICE_GATE_GRACE")).isFalse();
        assertThat(Settings.isKnown("rollout-engine", "QUARKUS_DATASOURCE_REACTIVE_SSL"))
                .isFalse();
        assertThat(Settings.isKnown("rollout-engine", "KAFKA_SASL_USER")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void noPodIsRootOrWritesOrMayMoreThanItHasTo(Rendered rendered) {
        assertThat(rendered.pods()).isNotEmpty();
        rendered.pods().forEach((service, pod) -> {
            var context = pod.get("securityContext");
            assertThat(context.get("runAsNonRoot").asBoolean()).isTrue();
            assertThat(context.get("runAsUser").asInt()).isEqualTo(1001);
            assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.get("automountServiceAccountToken").asBoolean())
                    .isEqualTo(List.of("weight-applier", "triggers").contains(service));
        });
        assertThat(containers(rendered).map(container -> container.get("securityContext")))
                .allMatch(context -> context.get("readOnlyRootFilesystem").asBoolean()
                        && !context.get("allowPrivilegeEscalation").asBoolean(true)
                        && Yaml.texts(context.at("/capabilities/drop")).equals(List.of("ALL")));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void everyPodSaysHowItIsAndWhatItNeeds(Rendered rendered) {
        assertThat(containers(rendered)).allSatisfy(container -> {
            assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                            .map(probe ->
                                    container.at("/" + probe + "/httpGet/path").asText()))
                    .containsExactly("/q/health/started", "/q/health/live", "/q/health/ready");
            assertThat(container.at("/resources/requests/memory")).isEqualTo(container.at("/resources/limits/memory"));
            assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
        });
    }

    /** A name in a variable is a file's path, and the file comes from a volume that is mounted there. */
    @ParameterizedTest
    @MethodSource("choices")
    void everyFileThatASettingNamesIsMounted(Rendered rendered) {
        rendered.pods().forEach((service, pod) -> {
            var mounted = Yaml.each(pod.at("/containers/0/volumeMounts"))
                    .map(mount -> mount.get("mountPath").asText())
                    .toList();
            assertThat(rendered.environment(service).values().stream()
                            .filter(value -> value.startsWith("/etc/sluice/"))
                            .map(value -> mounted.contains(value)
                                    ? value
                                    : Path.of(value).getParent().toString()))
                    .allMatch(mounted::contains);
            assertThat(Yaml.each(pod.get("volumes"))
                            .map(volume -> volume.get("name").asText()))
                    .containsExactlyInAnyOrderElementsOf(Yaml.each(pod.at("/containers/0/volumeMounts"))
                            .map(mount -> mount.get("name").asText())
                            .toList());
        });
    }

    @Test
    void onlyClustersWithAContextAreReachedByTheKubeconfig() {
        // when
        var applier = Helm.template(Values.least(), Values.named("everything")).environment("weight-applier");

        // then
        assertThat(applier)
                .containsEntry("SLUICE_CLUSTERS", "prod,prod-us,prod.eu")
                .containsEntry("SLUICE_CLUSTERS_PROD_US_KUBECONFIG", "/etc/sluice/kubeconfig/kubeconfig")
                .containsEntry("SLUICE_CLUSTERS_PROD_EU_KUBECONFIG", "/etc/sluice/kubeconfig/kubeconfig")
                .doesNotContainKeys("SLUICE_CLUSTERS_PROD_KUBECONFIG", "KUBECONFIG");
    }

    @Test
    void largeNumbersStayAsTheyAreWritten() {
        // when
        var rendered = Helm.template(Values.least(), Values.of("""
                        gate:
                          env: {SLUICE_GATE_CELLS: 25000000, SLUICE_GATE_GRACE: PT1S}
                          autoscaling: {enabled: true, lag: 1000000}
                        """));

        // then
        assertThat(rendered.environment("metrics-gate"))
                .containsEntry("SLUICE_GATE_CELLS", "25000000")
                .containsEntry("SLUICE_GATE_GRACE", "PT1S");
        assertThat(rendered.one("ScaledObject", "sluice-metrics-gate")
                        .at("/spec/triggers/0/metadata/lagThreshold")
                        .asText())
                .isEqualTo("1000000");
    }

    @Test
    void theTriggersFindTheRolloutFilesOfTheirConfigMap() {
        // when
        var rendered = Helm.template(Values.least(), Values.named("everything"));

        // then
        assertThat(rendered.environment("triggers"))
                .containsEntry("SLUICE_TRIGGERS_HOOKS_FILES", "/etc/sluice/rollouts");
        assertThat(Yaml.each(rendered.pods().get("triggers").get("volumes"))
                        .map(volume -> volume.at("/configMap/name").asText()))
                .contains("checkout-rollouts");
    }

    @Test
    void nothingComesOrGoesThatNoPolicyNames() {
        // given
        var rendered = Helm.template(Values.least(), Values.named("everything"));

        // when
        var denies = rendered.one("NetworkPolicy", "sluice").get("spec");
        var policies = rendered.ofKind("NetworkPolicy")
                .filter(policy -> policy.at("/spec/podSelector/matchLabels").has("app.kubernetes.io/component"))
                .toList();

        // then
        assertThat(denies.has("ingress") || denies.has("egress")).isFalse();
        assertThat(Yaml.texts(denies.get("policyTypes"))).containsExactly("Ingress", "Egress");
        assertThat(policies).hasSameSizeAs(rendered.pods().keySet());
        assertThat(policies)
                .allSatisfy(policy -> Yaml.each(policy.at("/spec/ingress"))
                        .forEach(rule -> assertThat(rule.get("from")).isNotEmpty()));
    }

    @Test
    void onlyTheEngineReachesTheDatabaseAndOnlyWhoUsesItTheKubernetesApi() {
        // given
        var rendered = Helm.template(Values.least(), Values.of("triggers: {enabled: true}"));

        // then
        assertThat(reaching(rendered, 5432)).containsExactly("sluice-rollout-engine");
        assertThat(reaching(rendered, 6443)).containsExactlyInAnyOrder("sluice-weight-applier", "sluice-triggers");
        assertThat(reaching(rendered, 9092)).hasSize(5);
        assertThat(reaching(rendered, 8080)).containsExactly("sluice-dashboard");
    }

    private static List<String> reaching(Rendered rendered, int port) {
        return rendered.ofKind("NetworkPolicy")
                .filter(policy -> Yaml.each(policy.at("/spec/egress"))
                        .flatMap(rule -> Yaml.each(rule.get("ports")))
                        .anyMatch(one -> one.get("port").asInt() == port))
                .map(policy -> policy.at("/metadata/name").asText())
                .toList();
    }

    @Test
    void whatIsScaledByLagHasNoNumberOfItsOwn() {
        // when
        var rendered = Helm.template(Values.least(), Values.named("everything"));

        // then
        assertThat(rendered.one("Deployment", "sluice-metrics-gate")
                        .at("/spec/replicas")
                        .isMissingNode())
                .isTrue();
        assertThat(Yaml.each(rendered.one("ScaledObject", "sluice-metrics-gate").at("/spec/triggers"))
                        .map(trigger ->
                                trigger.get("metadata").get("consumerGroup").asText() + " "
                                        + trigger.get("metadata").get("topic").asText()))
                .containsExactly("shop.gate shop.metrics", "shop.gate shop.metrics-placed");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
                    database: {secret: ''} -> /database/secret
                    applier: {clusters: {prod: null}} -> /applier/clusters
                    applier: {rights: {meshes: [itsio]}} -> /applier/rights/meshes/0
                    applier: {kubeconfig: {secret: kubeconfigs}} -> applier.clusters.<name>.context
                    kafka: {bootstrapServers: kafka} -> /kafka/bootstrapServers
                    engine: {replica: 3} -> replica
                    notifier: {enabled: true} -> /notifier/config
                    triggers: {enabled: true, deployments: {watch: true}} -> /triggers/rollouts
                    serviceMonitor: {enabled: true} -> /access
                    serviceMonitor: {enabled: true, token: {secret: viewer}} -> say where Prometheus is by networkPolicy.monitoring
                    prometheusRule: {runbookUrl: https://git.example.com/runbooks/} -> /prometheusRule/runbookUrl
                    gate: {autoscaling: {enabled: true, maxReplicas: 9}} -> gate.autoscaling.maxReplicas is 9, but topics have 6 partitions
                    {kafka: {securityProtocol: SASL_SSL}, gate: {autoscaling: {enabled: true}}} -> name a TriggerAuthentication by gate.autoscaling.authentication
                    {kafka: {ca: {secret: ca}}, engine: {autoscaling: {enabled: true}}} -> name a TriggerAuthentication by engine.autoscaling.authentication
                    """)
    void refusesWhatWouldNotWorkAndWhatIsMisspelt(String wrong, String words) {
        // when
        var said = Helm.tryTemplate(Helm.NAMESPACE, Values.least(), Values.of(wrong));

        // then
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.err()).contains(words);
    }

    /** {@code -Ddeploy.write=true} writes them. */
    @ParameterizedTest
    @CsvSource({
        "files/alerts.yaml, prometheus/alerts.yaml",
        "crds/sluicerollouts.sluice.dev.yaml, crds/sluicerollouts.sluice.dev.yaml"
    })
    void itsCopiesAreAsTheOriginals(Path copy, Path original) throws IOException {
        if (Boolean.getBoolean("deploy.write")) {
            Files.copy(original, Helm.CHART.resolve(copy), StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(Yaml.text(Helm.CHART.resolve(copy))).isEqualTo(Yaml.text(original));
    }

    @Test
    void itsAlertsAreThoseOfPrometheus() {
        // when
        var rule = Helm.template(Values.least(), Values.of("prometheusRule: {enabled: true}"))
                .one("PrometheusRule", "sluice");

        // then
        assertThat(rule.get("spec"))
                .isEqualTo(Yaml.documents(Path.of("prometheus/alerts.yaml")).getFirst());
    }

    @Test
    void itsAlertsLeadToTheRunbooksOfWhoeverKeepsACopy() {
        // given
        var copy = Values.of("""
                prometheusRule: {enabled: true, runbookUrl: "https://git.example.com/$ops/runbooks/{alert}.md"}
                """);

        // when
        var rules = Helm.template(Values.least(), copy)
                .one("PrometheusRule", "sluice")
                .findParents("alert");

        // then
        assertThat(rules)
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.at("/annotations/runbook_url").asText())
                                .isEqualTo("https://git.example.com/$ops/runbooks/"
                                        + rule.get("alert").asText() + ".md"));
    }

    @Test
    void theChartIsOfTheVersionThatIsBuilt() {
        var version = Yaml.text(Path.of("pom.xml")).replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");

        assertThat(Yaml.documents(Helm.CHART.resolve("Chart.yaml"))
                        .getFirst()
                        .get("appVersion")
                        .asText())
                .isEqualTo(version);
    }
}
