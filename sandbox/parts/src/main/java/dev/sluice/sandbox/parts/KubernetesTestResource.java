package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kubernetes API for a {@code @QuarkusTest}, the real one where its binaries are, with TrafficSplit v1alpha4 served.
 * Sets {@code quarkus.kubernetes-client.*}, {@code kubeconfig} (a file, as the system property that fabric8's client
 * reads) and {@value #RUNNING} ({@code real} or {@code mock}). Argument {@code choice}: {@code real}, {@code mock} or
 * {@code auto}.
 */
public final class KubernetesTestResource implements QuarkusTestResourceLifecycleManager {
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
        return settings(part);
    }

    private Map<String, String> settings(KubernetesPart part) {
        var config = Config.fromKubeconfig(part.kubeconfig());
        var settings = new HashMap<String, String>();
        settings.put(
                "kubeconfig",
                part.writeKubeconfig(folder.path().resolve("kubeconfig")).toString());
        settings.put(RUNNING, part instanceof RealKubernetes ? "real" : "mock");
        settings.put("quarkus.kubernetes-client.api-server-url", config.getMasterUrl());
        put(settings, "quarkus.kubernetes-client.ca-cert-file", config.getCaCertFile());
        put(settings, "quarkus.kubernetes-client.ca-cert-data", config.getCaCertData());
        put(settings, "quarkus.kubernetes-client.client-cert-file", config.getClientCertFile());
        put(settings, "quarkus.kubernetes-client.client-cert-data", config.getClientCertData());
        put(settings, "quarkus.kubernetes-client.client-key-file", config.getClientKeyFile());
        put(settings, "quarkus.kubernetes-client.client-key-data", config.getClientKeyData());
        put(settings, "quarkus.kubernetes-client.client-key-algo", config.getClientKeyAlgo());
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }

    @Override
    public void stop() {
        Containers.end(running);
        if (folder != null) {
            folder.discard();
        }
    }
}
