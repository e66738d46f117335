package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The token that requests carry, read again once a minute, for a pod's is replaced while the pod runs. The client by itself
 * reads its whole configuration anew for every request where that holds no token, as with client certificates: a quarter of
 * the applier's time.
 */
final class Tokens implements OAuthTokenProvider {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Supplier<String> source;
    private final Executor beside;
    private final Clock clock;
    /** Since when one is read; null where none is. */
    private final AtomicReference<Instant> reading = new AtomicReference<>();

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
     * @param source may take long, fail, and hang: then another reading is begun after a while
     * @param beside where later ones are read
     */
    Tokens(Supplier<String> source, Executor beside, Clock clock) {
        this.source = source;
        this.beside = beside;
        this.clock = clock;
        this.latest = new Read(source.get(), clock.instant().plus(KEPT));
    }

    private static String token(Kubeconfig kubeconfig) {
        var config = kubeconfig.read();
        return config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    }

    /**
     * Null where there is none. Never waits: the threads that ask are other clusters' as well. What is known is kept until
     * there is another.
     */
    @Override
    public String getToken() {
        var now = clock.instant();
        var before = reading.get();
        var isFree = before == null || !now.isBefore(before.plus(PATIENCE));
        if (isFree && !now.isBefore(latest.until()) && reading.compareAndSet(before, now)) {
            beside.execute(() -> readAgain(now));
        }
        return latest.token();
    }

    private void readAgain(Instant begun) {
        try {
            var token = source.get();
            var isLost = token == null && latest.token() != null;
            latest = isLost ? known() : new Read(token, clock.instant().plus(KEPT));
        } catch (RuntimeException e) {
            LOG.warn("the token could not be read again; the known one is kept", e);
            latest = known();
        } finally {
            // unless it was given up, and another one is under way
            reading.compareAndSet(begun, null);
        }
    }

    private Read known() {
        return new Read(latest.token(), clock.instant().plus(AGAIN));
    }
}
