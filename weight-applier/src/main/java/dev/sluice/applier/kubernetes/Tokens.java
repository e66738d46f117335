package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The token that requests carry, read again once a minute, for a pod's is replaced while the pod runs. The client by itself
 * reads its whole configuration anew for every request where that holds no token, as with client certificates: a quarter of
 * the applier's time.
 */
final class Tokens implements OAuthTokenProvider {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Supplier<String> source;
    private final Clock clock;
    private volatile Read latest;

    private record Read(String token, Instant until) {}

    Tokens(Clock clock) {
        this(Tokens::configured, clock);
    }

    Tokens(Supplier<String> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private static String configured() {
        var config = Config.autoConfigure(null);
        return config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    }

    /** Null where there is none. */
    @Override
    public String getToken() {
        var now = clock.instant();
        var known = latest;
        return known != null && now.isBefore(known.until()) ? known.token() : read(now);
    }

    private synchronized String read(Instant now) {
        if (latest == null || !now.isBefore(latest.until())) {
            latest = new Read(source.get(), now.plus(KEPT));
        }
        return latest.token();
    }
}
