package dev.sluice.sandbox.parts;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A Kubernetes API for a {@code @QuarkusTest}, the real one where its binaries are, with TrafficSplit v1alpha4 served.
 * Sets {@value #KUBECONFIG} to a file's path, also as the system property that fabric8's clients read, and
 * {@value #RUNNING} to {@code real} or {@code mock}. Argument {@code choice} picks: {@code real}, {@code mock} or
 * {@code auto}.
 */
public final class KubernetesTestResource implements QuarkusTestResourceLifecycleManager {
    /** Names the kubeconfig file. */
    public static final String KUBECONFIG = "kubeconfig";
    /** Names the API that runs: {@code real} or {@code mock}. */
    public static final String RUNNING = "sluice.parts.kubernetes.running";

    private String choice = System.getProperty("sluice.parts.kubernetes", "auto");
    private AutoCloseable running = () -> {};
    private Folder folder;

    @Override
    public void init(Map<String, String> arguments) {
        choice = arguments.getOrDefault("choice", choice);
    }

    @Override
    public Map<String, String> start() {
        var part = KubernetesPart.start(KubernetesPart.Choice.of(choice));
        running = part;
        Containers.say("Kubernetes", part.describe());
        try (var client = part.client()) {
            TrafficSplits.V1ALPHA4.install(client);
        }
        folder = Folder.temporary("kubeconfig");
        var file = part.writeKubeconfig(folder.path().resolve("kubeconfig")).toString();
        // Not a Quarkus setting: quarkus.kubernetes-client.* is fixed when the application is built.
        System.setProperty(KUBECONFIG, file);
        return Map.of(KUBECONFIG, file, RUNNING, part instanceof RealKubernetes ? "real" : "mock");
    }

    @Override
    public void stop() {
        System.clearProperty(KUBECONFIG);
        Containers.end(running);
        if (folder != null) {
            folder.discard();
        }
    }
}
