package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The token that requests carry, read again once a minute, for a pod's is replaced while the pod runs. The client by itself
 * reads its whole configuration anew for every request where that holds no token, as with client certificates: a quarter of
 * the applier's time.
 */
final class Tokens implements OAuthTokenProvider {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Supplier<String> source;
    private final Executor beside;
    private final Clock clock;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Read latest;

    private record Read(String token, Instant until) {}

    Tokens(Kubeconfig kubeconfig, Clock clock) {
        this(
                () -> token(kubeconfig),
                work -> Thread.ofPlatform().name("token").daemon().start(work),
                clock);
    }

    /**
     * Reads the first one.
     *
     * @param source may take long
     * @param beside where later ones are read
     */
    Tokens(Supplier<String> source, Executor beside, Clock clock) {
        this.source = source;
        this.beside = beside;
        this.clock = clock;
        read();
    }

    private static String token(Kubeconfig kubeconfig) {
        var config = kubeconfig.read();
        return config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    }

    /** Null where there is none. Never waits: the threads that ask are other clusters' as well. */
    @Override
    public String getToken() {
        if (!clock.instant().isBefore(latest.until()) && reading.compareAndSet(false, true)) {
            beside.execute(() -> {
                try {
                    read();
                } finally {
                    reading.set(false);
                }
            });
        }
        return latest.token();
    }

    private void read() {
        latest = new Read(source.get(), clock.instant().plus(KEPT));
    }
}
