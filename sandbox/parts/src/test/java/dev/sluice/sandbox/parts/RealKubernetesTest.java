package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs only where the binaries are installed: a test does not download them. */
@EnabledIf("installed")
class RealKubernetesTest extends KubernetesPartContract {
    static boolean installed() {
        return ApiBinaries.installed().isPresent();
    }

    @Override
    KubernetesPart start() {
        return KubernetesPart.start(KubernetesPart.Choice.REAL);
    }

    @Test
    void line31AnApiServerThatDiesComesBackWithWhatWasStored() {
        try (var part = RealKubernetes.start(Folder.temporary("kubernetes"), child -> {});
                var client = part.client()) {
            // given
            KubernetesPart.createNamespaces(client, List.of("kept"));
            var killed = part.apiServer();
            // when
            killed.destroyForcibly();
            // then
            await().atMost(60, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> !killed.isAlive()
                            && client.namespaces().withName("kept").get() != null);
            assertThat(part.apiServer().pid()).isNotEqualTo(killed.pid());
        }
    }

    @Test
    void line31ThereAreAddressesForThousandsOfServices() {
        try (var part = RealKubernetes.start(Folder.temporary("kubernetes"), child -> {});
                var client = part.client()) {
            // given / when
            var last = new ServiceBuilder()
                    .withNewMetadata()
                    .withName("far")
                    .endMetadata()
                    .withNewSpec()
                    .withClusterIP("10.0.250.250")
                    .addNewPort()
                    .withPort(80)
                    .endPort()
                    .endSpec()
                    .build();
            // then
            assertThat(client.services().inNamespace("default").resource(last).create())
                    .isNotNull();
        }
    }
}
