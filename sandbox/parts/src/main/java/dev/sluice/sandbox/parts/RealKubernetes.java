package dev.sluice.sandbox.parts;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import java.nio.file.Path;
import java.util.Optional;

/** A kube-apiserver and its etcd as child processes. */
public final class RealKubernetes implements KubernetesPart {
    private static final int STARTUP_LIMIT_MILLIS = 120_000;

    private final KubeAPIServer server;

    private RealKubernetes(KubeAPIServer server) {
        this.server = server;
    }

    static RealKubernetes start() {
        QuietLogs.of("io.fabric8.kubeapitest");
        if (!ApiBinaries.available()) {
            throw new IllegalStateException(
                    "no kube-apiserver here: neither KUBE_API_TEST_DIR nor ~/.kubeapitest has its"
                            + " binaries, and they could not be downloaded within ten seconds");
        }
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withStartupTimeout(STARTUP_LIMIT_MILLIS)
                .build());
        server.start();
        return new RealKubernetes(server);
    }

    @Override
    public String describe() {
        return "real kube-apiserver (" + version() + ")";
    }

    private String version() {
        try (var client = client()) {
            return client.getKubernetesVersion().getGitVersion();
        }
    }

    @Override
    public String kubeconfig() {
        return server.getKubeConfigYaml();
    }

    @Override
    public Optional<Path> kubectl() {
        return ApiBinaries.kubectl();
    }

    @Override
    public void close() {
        server.stop();
    }
}
