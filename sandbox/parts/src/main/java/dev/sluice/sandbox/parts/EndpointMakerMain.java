package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The endpoint maker as a program of its own, for a Kubernetes API that runs elsewhere: beside a k3s server without an
 * agent, say. {@code KUBECONFIG} names the file; program and API may come up in any order.
 */
public final class EndpointMakerMain {
    private static final long LIMIT_SECONDS = Duration.ofMinutes(5).toSeconds();

    private EndpointMakerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig == null || kubeconfig.isBlank()) {
            System.err.println(
                    "KUBECONFIG names no file: the endpoint maker does not know which Kubernetes API to serve.");
            System.exit(2);
        }
        Until.holds(kubeconfig + " is there", LIMIT_SECONDS, () -> Files.isReadable(Path.of(kubeconfig)));
        // The API's address is read from KUBECONFIG; a client that gives up would have to be restarted by hand.
        var config = new ConfigBuilder().withRequestRetryBackoffLimit(3).build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            Until.holds("the Kubernetes API of " + kubeconfig + " answers", LIMIT_SECONDS, () -> {
                try {
                    client.services().inAnyNamespace().list();
                    return true;
                } catch (KubernetesClientException notYet) {
                    return false;
                }
            });
            Runtime.getRuntime().addShutdownHook(new Thread(EndpointMaker.start(client)::close));
            System.out.println("Every new Service of " + config.getMasterUrl() + " gets one ready EndpointSlice.");
            new CountDownLatch(1).await();
        }
    }
}
