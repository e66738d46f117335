package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server asks to be left alone, as far as it is heard: a route's rollback may wait for it. */
final class RetryAfter {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private RetryAfter() {}

    /**
     * By the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date, which is compared with the answer's own, for
     * the clocks may differ.
     *
     * @return zero where it doesn't say, or nothing that can be read
     */
    static Duration in(HttpResponse<?> response) {
        var header = response.header("Retry-After");
        if (header == null || header.isBlank()) {
            return Duration.ZERO;
        }
        var text = header.strip();
        return text.chars().allMatch(Character::isDigit)
                ? capped(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text)))
                : date(text)
                        .flatMap(until -> date(response.header("Date")).map(now -> Duration.between(now, until)))
                        .map(RetryAfter::capped)
                        .orElse(Duration.ZERO);
    }

    private static Optional<ZonedDateTime> date(String text) {
        try {
            return Optional.ofNullable(text)
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Duration capped(Duration wish) {
        return wish.isNegative() ? Duration.ZERO : wish.compareTo(LONGEST) < 0 ? wish : LONGEST;
    }
}
