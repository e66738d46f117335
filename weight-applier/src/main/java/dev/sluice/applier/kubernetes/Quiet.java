package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * How long the API server asks to be left alone, by the header {@code Retry-After} of a 429 or 503 (RFC 9110, 10.2.3:
 * seconds or a date). The client's exceptions don't carry headers.
 */
final class Quiet implements Interceptor {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Clock clock;
    private volatile Instant until = Instant.MIN;

    Quiet(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void after(
            HttpRequest request,
            HttpResponse<?> response,
            AsyncBody.Consumer<java.util.List<java.nio.ByteBuffer>> consumer) {
        if (response.code() == 429 || response.code() == 503) {
            var wait = wait(response.header("Retry-After"));
            until = clock.instant().plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
        }
    }

    /** Zero when it doesn't ask, or no longer. */
    Duration left() {
        var left = until.equals(Instant.MIN) ? Duration.ZERO : Duration.between(clock.instant(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration wait(String header) {
        if (header == null || header.isBlank()) {
            return Duration.ZERO;
        }
        try {
            return header.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
