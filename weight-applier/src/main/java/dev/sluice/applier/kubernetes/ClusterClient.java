package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Makes a client for each API server, with connections of its own. */
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

    /** Returns at once; the client is made beside. */
    KubernetesClient client(Access access, Quiet quiet, Traffic traffic) {
        var patience = settings.kubernetes().requestTimeout();
        return LateClient.of(access.name(), () -> made(access, quiet, traffic), patience);
    }

    private KubernetesClient made(Access access, Quiet quiet, Traffic traffic) {
        var timeoutMillis =
                Math.toIntExact(settings.kubernetes().requestTimeout().toMillis());
        var tokens = new Tokens(access.kubeconfig(), clock);
        var config =
                config(access.kubeconfig().read(), timeoutMillis, access.concurrency() * REQUESTS_PER_CALL, tokens);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new Listening(vertx, quiet, traffic))
                .build();
    }

    static Config config(Config found, int timeoutMillis, int requests, OAuthTokenProvider tokens) {
        return new ConfigBuilder(found)
                .withUserAgent(USER_AGENT)
                .withOauthTokenProvider(tokens)
                // A write is retried by the rules, after another look, and never blindly.
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(timeoutMillis)
                .withConnectionTimeout(timeoutMillis)
                .withMaxConcurrentRequests(requests)
                .withMaxConcurrentRequestsPerHost(requests)
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
