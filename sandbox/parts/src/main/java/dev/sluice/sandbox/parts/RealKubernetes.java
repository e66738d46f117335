package dev.sluice.sandbox.parts;

import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubeapitest.kubeconfig.KubeConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A kube-apiserver and its etcd as child processes, each started again on the same port and with the same data when it
 * dies: what is stored outlives either.
 */
public final class RealKubernetes implements KubernetesPart {
    private static final int STARTUP_LIMIT_SECONDS = 120;
    /** Enough addresses for tens of thousands of Services. */
    private static final String SERVICE_RANGE = "10.0.0.0/16";

    private final Folder folder;
    private final String kubeconfig;
    private final KeptProcess etcd;
    private final KeptProcess apiServer;

    private RealKubernetes(Folder folder, String kubeconfig, KeptProcess etcd, KeptProcess apiServer) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.etcd = etcd;
        this.apiServer = apiServer;
    }

    static RealKubernetes start(Folder folder, Consumer<ProcessHandle> children) {
        QuietLogs.of("io.fabric8.kubeapitest");
        if (!ApiBinaries.available()) {
            throw new IllegalStateException(
                    "no kube-apiserver here: neither KUBE_API_TEST_DIR nor ~/.kubeapitest has its"
                            + " binaries, and they could not be downloaded within ten seconds");
        }
        var binaries = ApiBinaries.installed().orElseThrow();
        var config = KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .build();
        var certificates = new CertManager(config.getKubeAPITestDir());
        certificates.createCertificatesIfNeeded();
        var etcdPort = FreePort.any();
        var port = FreePort.any();
        var etcd = KeptProcess.start(
                "etcd", etcd(binaries, folder.path(), etcdPort), folder.path().resolve("etcd.log"), children);
        var apiServer = KeptProcess.start(
                "kube-apiserver",
                apiServer(binaries, config, certificates, etcdPort, port),
                folder.path().resolve("kube-apiserver.log"),
                children);
        var kubeconfig = new KubeConfig(certificates, binaries).generateKubeConfigYaml(port);
        var part = new RealKubernetes(folder, kubeconfig, etcd, apiServer);
        try {
            part.awaitReady();
            return part;
        } catch (RuntimeException e) {
            // the folder goes with the part, and the reason with the folder
            var words = lastLine(folder.path().resolve("etcd.log"))
                    + lastLine(folder.path().resolve("kube-apiserver.log"));
            part.close();
            throw new IllegalStateException(e.getMessage() + words, e);
        }
    }

    private static String lastLine(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return lines.isEmpty() ? "" : "; " + log.getFileName() + " ends with: " + lines.getLast();
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static List<String> etcd(BinaryManager binaries, Path folder, int port) {
        var clients = "http://127.0.0.1:" + port;
        var peers = "http://127.0.0.1:" + FreePort.any();
        return List.of(
                binaries.binaries().getEtcd().getAbsolutePath(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
    }

    private static List<String> apiServer(
            BinaryManager binaries, KubeAPIServerConfig config, CertManager certificates, int etcdPort, int port) {
        return List.of(
                binaries.binaries().getApiServer().getAbsolutePath(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + config.getKubeAPITestDir(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--authorization-mode=RBAC",
                "--client-ca-file=" + certificates.getClientCertPath(),
                "--service-account-issuer=https://localhost",
                "--service-account-signing-key-file=" + certificates.getAPIServerKeyPath(),
                "--service-account-key-file=" + certificates.getAPIServerKeyPath(),
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=" + SERVICE_RANGE,
                "--allow-privileged");
    }

    private void awaitReady() {
        try (var client = impatient()) {
            Until.holds("kube-apiserver is ready", STARTUP_LIMIT_SECONDS, () -> {
                try {
                    return "ok".equals(client.raw("/readyz"))
                            && client.namespaces().withName("default").get() != null;
                } catch (KubernetesClientException notYet) {
                    return false;
                }
            });
        }
    }

    /** Asks once and doesn't wait between tries of its own. */
    private KubernetesClient impatient() {
        var config = Config.fromKubeconfig(kubeconfig);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The process that answers now. */
    ProcessHandle apiServer() {
        return apiServer.handle();
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
        return kubeconfig;
    }

    @Override
    public Optional<Path> kubectl() {
        return ApiBinaries.kubectl();
    }

    @Override
    public void close() {
        apiServer.close();
        etcd.close();
        folder.discard();
    }
}
