package dev.sluice.applier.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

    @Test
    @DisplayName("a list of names is all it takes where they are on one API server")
    void takesNamesAlone() {
        // when
        var clusters = read(Map.of("sluice.clusters", "prod,staging"), Map.of());

        // then
        assertThat(clusters).containsExactly(plain("prod"), plain("staging"));
    }

    @Test
    @DisplayName("how a cluster is reached is said by its name, and each has its own limit")
    void takesWhatIsSaidOfEach() {
        // when
        var clusters = read(
                Map.of(
                        "sluice.clusters", "prod-us,prod.eu,here",
                        "sluice.clusters.prod-us.context", "us",
                        "sluice.clusters.prod-us.concurrency", "8",
                        "sluice.clusters.prod.eu.kubeconfig", "/etc/sluice/eu"),
                Map.of());

        // then
        assertThat(clusters)
                .containsExactly(
                        new ClusterSettings("prod-us", Optional.of("us"), Optional.empty(), Optional.of(8)),
                        new ClusterSettings(
                                "prod.eu", Optional.empty(), Optional.of(Path.of("/etc/sluice/eu")), Optional.empty()),
                        plain("here"));
    }

    @Test
    @DisplayName("environment variables say the same, whatever a name is made of")
    void takesEnvironmentVariables() {
        // when
        var clusters = read(
                Map.of(),
                Map.of(
                        "SLUICE_CLUSTERS", "prod-us,eu",
                        "SLUICE_CLUSTERS_PROD_US_CONTEXT", "us",
                        "SLUICE_CLUSTERS_EU_CONTEXT", "eu"));

        // then
        assertThat(clusters).map(ClusterSettings::context).containsExactly(Optional.of("us"), Optional.of("eu"));
    }

    @Test
    @DisplayName("a cluster that is named twice stops the start")
    void refusesTheSameTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("sluice.clusters", "prod,staging,prod"), Map.of()))
                .withMessage("sluice.clusters names prod twice: name each cluster once in [prod, staging, prod]");
    }

    @Test
    @DisplayName("a setting of a cluster that isn't in the list stops the start, and is no setting of nobody")
    void refusesSettingsOfOthers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read(Map.of("sluice.clusters", "prod-us"), Map.of("SLUICE_CLUSTERS_PROD_SU_CONTEXT", "us")))
                .withMessageContaining("sluice.clusters.prod.su.context is set")
                .withMessageContaining("add it to [prod-us]");
    }

    @Test
    @DisplayName("a setting that no cluster has stops the start, with those that there are")
    void refusesUnknownKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read(Map.of("sluice.clusters", "prod-us"), Map.of("SLUICE_CLUSTERS_PROD_US_CONTXT", "us")))
                .withMessageContaining("is set, and no setting of a cluster is called so")
                .withMessageContaining("[context, kubeconfig, concurrency]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(
                        Map.of("sluice.clusters", "prod-us", "sluice.clusters.prod-us.kube-context", "us"), Map.of()))
                .withMessageContaining("sluice.clusters.prod-us.kube-context is set");
    }

    @Test
    @DisplayName("the settings of a cluster whose name begins with another's are its own")
    void tellsNamesApartThatBeginAlike() {
        assertThat(read(Map.of("sluice.clusters", "prod,prod-us"), Map.of("SLUICE_CLUSTERS_PROD_US_CONTEXT", "us")))
                .map(ClusterSettings::context)
                .containsExactly(Optional.empty(), Optional.of("us"));
    }

    @Test
    @DisplayName("a Service of a listed name, which Kubernetes tells every pod of, is none of its settings")
    void leavesServicesOfListedNamesAlone() {
        assertThat(read(
                        Map.of("sluice.clusters", "prod"),
                        Map.of(
                                "SLUICE_CLUSTERS_PROD_SERVICE_HOST", "10.0.0.1",
                                "SLUICE_CLUSTERS_PROD_SERVICE_PORT", "80",
                                "SLUICE_CLUSTERS_PROD_SERVICE_PORT_HTTP", "80",
                                "SLUICE_CLUSTERS_PROD_PORT", "tcp://10.0.0.1:80",
                                "SLUICE_CLUSTERS_PROD_PORT_80_TCP_ADDR", "10.0.0.1")))
                .containsExactly(plain("prod"));
    }

    @Test
    @DisplayName("a Service of such a name, which Kubernetes tells every pod of, is none of the settings")
    void leavesNamesOfServicesAlone() {
        assertThat(read(
                        Map.of("sluice.clusters", "prod"),
                        Map.of("SLUICE_CLUSTERS_SERVICE_HOST", "10.0.0.1", "SLUICE_CLUSTERS_PORT", "tcp://10.0.0.1")))
                .containsExactly(plain("prod"));
    }

    private static ClusterSettings plain(String name) {
        return new ClusterSettings(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<ClusterSettings> read(Map<String, String> properties, Map<String, String> environment) {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ApplierSettings.class)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(properties, "file", 100))
                .withSources(new EnvConfigSource(environment, 300))
                .build();
        return ClusterSettings.of(config.getConfigMapping(ApplierSettings.class), config);
    }
}
