package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long the API server asks to be left alone by everybody, in a 429 or 503. The client's exceptions don't carry headers.
 */
final class Quiet implements Interceptor {
    private final Clock clock;
    private volatile Instant until = Instant.MIN;

    Quiet(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == 429 || response.code() == 503) {
            var wish = RetryAfter.in(response);
            if (!wish.isZero()) {
                until = clock.instant().plus(wish);
            }
        }
    }

    /** Zero when it doesn't ask, or no longer. */
    Duration left() {
        var left = until.equals(Instant.MIN) ? Duration.ZERO : Duration.between(clock.instant(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
