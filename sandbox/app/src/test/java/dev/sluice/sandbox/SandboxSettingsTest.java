package dev.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSettingsTest {
    @TempDir
    private Path root;

    @AfterEach
    void forget() {
        System.clearProperty(SandboxSettings.KAFKA_PORT);
        System.clearProperty("sandbox.stay");
        System.clearProperty(SandboxSettings.MESHES);
    }

    @Test
    void namesThePropertyThatChangesATakenPort() throws IOException {
        try (var owner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // given
            var settings = settings(owner.getLocalPort(), FreePort.any());
            // when / then
            assertThat(settings.obstacles())
                    .anySatisfy(obstacle -> assertThat(obstacle)
                            .contains("Port " + owner.getLocalPort(), "Kafka", "-Dsandbox.kafka.port"));
        }
    }

    @Test
    void saysWhatIsNotPackagedBeforeAnythingIsStarted() {
        assertThat(settings(FreePort.any(), FreePort.any()).obstacles())
                .anySatisfy(obstacle -> assertThat(obstacle).contains("metrics-gate", "./mvnw package"));
    }

    @Test
    void refusesAPortThatIsNone() {
        // given
        System.setProperty(SandboxSettings.KAFKA_PORT, "70000");
        // when / then
        assertThatThrownBy(SandboxSettings::fromSystemProperties).hasMessageContaining("-Dsandbox.kafka.port=70000");
    }

    @Test
    void refusesAnAnswerThatIsNeitherYesNorNo() {
        // given
        System.setProperty("sandbox.stay", "maybe");
        // when / then
        assertThatThrownBy(SandboxSettings::fromSystemProperties).hasMessageContaining("-Dsandbox.stay=maybe");
    }

    @Test
    void takesTheMeshesByTheirKeys() {
        // given
        System.setProperty(SandboxSettings.MESHES, "gatewayApi, istio");
        // when / then
        assertThat(SandboxSettings.fromSystemProperties().meshes())
                .containsExactly(MeshKinds.GATEWAY_API, MeshKinds.ISTIO);
    }

    @Test
    void refusesAMeshThatIsNoneWithTheList() {
        // given
        System.setProperty(SandboxSettings.MESHES, "smi,isto");
        // when / then
        assertThatThrownBy(SandboxSettings::fromSystemProperties)
                .hasMessageContainingAll("-Dsandbox.meshes=smi,isto", "'isto'", "smi, gatewayApi, istio");
    }

    private SandboxSettings settings(int kafkaPort, int httpPort) {
        return new SandboxSettings(root, false, false, kafkaPort, httpPort, KubernetesPart.Choice.MOCK, List.of());
    }
}
