package dev.sluice.sandbox;

import dev.sluice.sandbox.parts.EndpointMaker;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.sandbox.parts.PostgresPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.sandbox.parts.TrafficSplits;
import dev.sluice.schemas.Topic;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What Sluice stands on: Kafka with its topics, PostgreSQL, and a Kubernetes API that serves TrafficSplits and Gateway API's
 * routes.
 */
public final class Platform implements AutoCloseable {
    /** The clusters that the applier serves, all on the one API. */
    public static final List<String> CLUSTERS = List.of("local", "staging", "prod", "prod-us", "prod-eu");

    private static final List<String> NAMESPACES = List.of("demo");
    private static final Executor THREADS = task -> Thread.ofPlatform().start(task);

    private final Closing closing;
    private final KafkaPart kafka;
    private final PostgresPart postgres;
    private final KubernetesPart kubernetes;
    private final KubernetesClient client;
    private final Path kubeconfig;
    private final ChildGuard guard;

    private Platform(
            Closing closing,
            ChildGuard guard,
            KafkaPart kafka,
            PostgresPart postgres,
            KubernetesPart kubernetes,
            Path folder) {
        this.closing = closing;
        this.guard = guard;
        this.kafka = kafka;
        this.postgres = postgres;
        this.kubernetes = kubernetes;
        this.kubeconfig = kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
        this.client = closing.with(kubernetes.client());
    }

    /**
     * Starts the three parts side by side and returns when topics, definitions and namespaces are there.
     *
     * @param kafkaPort of the broker
     * @param folder gets the kubeconfig file, and {@code data}, where what an earlier run left is deleted
     */
    public static Platform start(int kafkaPort, Path folder, KubernetesPart.Choice choice) {
        var data = folder.resolve("data");
        Folders.empty(data);
        var closing = new Closing();
        var guard = closing.with(new ChildGuard());
        var kafka = begun(closing, () -> KafkaPart.start(kafkaPort, data.resolve("kafka")));
        var postgres = begun(closing, () -> PostgresPart.start(FreePort.any(), data.resolve("postgres")));
        var kubernetes = begun(closing, () -> KubernetesPart.start(choice, data.resolve("kubernetes"), guard::watch));
        try {
            CompletableFuture.allOf(kafka, postgres, kubernetes).join();
            var platform = new Platform(closing, guard, kafka.join(), postgres.join(), kubernetes.join(), folder);
            guard.watchDescendants();
            guard.watch(platform.postgres.process());
            platform.furnish();
            return platform;
        } catch (RuntimeException e) {
            closing.close();
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static <T extends AutoCloseable> CompletableFuture<T> begun(Closing closing, Supplier<T> part) {
        return CompletableFuture.supplyAsync(() -> closing.with(part.get()), THREADS);
    }

    private void furnish() {
        SluiceTopics.create(kafka.bootstrapServers(), Topic.DEFAULT_PREFIX);
        TrafficSplits.V1ALPHA4.install(client);
        MeshKinds.GATEWAY_API.install(client);
        KubernetesPart.createNamespaces(client, NAMESPACES);
        closing.with(EndpointMaker.start(client));
    }

    public KafkaPart kafka() {
        return kafka;
    }

    public PostgresPart postgres() {
        return postgres;
    }

    public KubernetesPart kubernetes() {
        return kubernetes;
    }

    /** A client of the Kubernetes API; it ends with the platform. */
    public KubernetesClient client() {
        return client;
    }

    ChildGuard guard() {
        return guard;
    }

    /** The kubeconfig file that reaches the Kubernetes API. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        closing.close();
    }
}
