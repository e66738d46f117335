package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one client, of the cluster that {@code KUBECONFIG} or the pod's service account names. */
@Singleton
public class ClusterClient {
    /** The API server takes the user agent's first word as the manager of the fields that this client writes. */
    private static final String USER_AGENT = "sluice/weight-applier";

    @Produces
    @Singleton
    KubernetesClient client(ApplierSettings settings, Vertx vertx) {
        var timeoutMillis =
                Math.toIntExact(settings.kubernetes().requestTimeout().toMillis());
        var config = new ConfigBuilder(Config.autoConfigure(null))
                .withUserAgent(USER_AGENT)
                // A write is retried by the rules, after another look, and never blindly.
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(timeoutMillis)
                .withConnectionTimeout(timeoutMillis)
                .withMaxConcurrentRequests(settings.kubernetes().concurrency())
                .withMaxConcurrentRequestsPerHost(settings.kubernetes().concurrency())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }
}
