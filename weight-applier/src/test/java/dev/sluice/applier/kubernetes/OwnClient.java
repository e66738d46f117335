package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.core.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The client that the service makes, for a server of the test's. */
final class OwnClient implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Map<String, Object> SPLIT = Map.of("metadata", Map.of("name", "checkout"));

    private final Vertx vertx = Vertx.vertx();
    private final Quiet quiet;
    private final KubernetesClient client;
    private final Api api;

    /** @param folder for its kubeconfig */
    OwnClient(int port, Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("kubeconfig"), """
                clusters: [{name: one, cluster: {server: "http://localhost:%d"}}]
                contexts: [{name: one, context: {cluster: one, user: one}}]
                """.formatted(port));
        var settings = new SmallRyeConfigBuilder()
                .withMapping(ApplierSettings.class)
                .withDefaultValue("sluice.clusters", "one")
                .build()
                .getConfigMapping(ApplierSettings.class);
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var access = new Access(Set.of("one"), new Kubeconfig("one", List.of(file)), 4);
        quiet = new Quiet(clock);
        client = new ClusterClient(settings, vertx, clock)
                .client(access, quiet, new Traffic(new ClusterMeters(new SimpleMeterRegistry(), "one")));
        api = new Api(client, settings);
    }

    Quiet quiet() {
        return quiet;
    }

    /** What the rules are told of a write that fails. */
    Failure failure(String method) {
        return Failures.of(catchThrowableOfType(
                KubernetesClientException.class,
                () -> api.send(method, "/apis/split.smi-spec.io/v1alpha4/namespaces/shop/trafficsplits", SPLIT)));
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
