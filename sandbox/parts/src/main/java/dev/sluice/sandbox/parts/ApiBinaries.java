package dev.sluice.sandbox.parts;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The executables of kube-apiserver, etcd and kubectl, in {@code KUBE_API_TEST_DIR} or {@code ~/.kubeapitest}. */
final class ApiBinaries {
    private static final Duration DOWNLOAD_LIMIT = Duration.ofSeconds(10);

    private ApiBinaries() {}

    /** Whether a real API can be started here, downloading its binaries where that takes at most ten seconds. */
    static boolean available() {
        return installed().isPresent() || downloaded();
    }

    static Optional<BinaryManager> installed() {
        var manager = new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .build());
        try {
            manager.initAndDownloadIfRequired();
            var binaries = manager.binaries();
            return binaries.getEtcd().canExecute() && binaries.getApiServer().canExecute()
                    ? Optional.of(manager)
                    : Optional.empty();
        } catch (KubeAPITestException | IllegalStateException none) {
            return Optional.empty();
        }
    }

    static Optional<Path> kubectl() {
        return installed()
                .map(manager -> manager.binaries().getKubectl())
                .filter(file -> file.canExecute())
                .map(file -> file.toPath());
    }

    private static boolean downloaded() {
        var download = new FutureTask<>(ApiBinaries::download, true);
        // A thread that outlives the limit may finish: then the binaries are there for the next start.
        Thread.ofPlatform().daemon().name("kube-apiserver-download").start(download);
        try {
            return download.get(DOWNLOAD_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    && installed().isPresent();
        } catch (TimeoutException | ExecutionException unreachable) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void download() {
        QuietLogs.of("io.fabric8.kubeapitest");
        new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig()
                        .withOfflineMode(false)
                        .build())
                .initAndDownloadIfRequired();
    }
}
