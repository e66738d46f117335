package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Makes the clients, of the cluster that {@code KUBECONFIG} or the pod's service account names. */
@ApplicationScoped
class ClusterClient {
    /** The API server takes the user agent's first word as the manager of the fields that this client writes. */
    private static final String USER_AGENT = "sluice/weight-applier";

    /** Watches and health checks need some beside the calls. */
    private static final int REQUESTS_PER_CALL = 2;

    private final ApplierSettings settings;
    private final Vertx vertx;
    private final Clock clock;

    ClusterClient(ApplierSettings settings, Vertx vertx, Clock clock) {
        this.settings = settings;
        this.vertx = vertx;
        this.clock = clock;
    }

    KubernetesClient client(Access access, Quiet quiet, Traffic traffic) {
        var timeoutMillis =
                Math.toIntExact(settings.kubernetes().requestTimeout().toMillis());
        var config = new ConfigBuilder(Config.autoConfigure(null))
                .withUserAgent(USER_AGENT)
                .withOauthTokenProvider(new Tokens(clock))
                // A write is retried by the rules, after another look, and never blindly.
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(timeoutMillis)
                .withConnectionTimeout(timeoutMillis)
                .withMaxConcurrentRequests(access.concurrency() * REQUESTS_PER_CALL)
                .withMaxConcurrentRequestsPerHost(access.concurrency() * REQUESTS_PER_CALL)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new Listening(vertx, quiet, traffic))
                .build();
    }

    /** Hears what is asked, and what the API server says in headers. */
    private static final class Listening extends VertxHttpClientFactory {
        private final Quiet quiet;
        private final Traffic traffic;

        private Listening(Vertx vertx, Quiet quiet, Traffic traffic) {
            super(vertx);
            this.quiet = quiet;
            this.traffic = traffic;
        }

        @Override
        public HttpClient.Builder newBuilder(Config config) {
            return super.newBuilder(config)
                    .addOrReplaceInterceptor("quiet", quiet)
                    .addOrReplaceInterceptor("traffic", traffic);
        }
    }
}
