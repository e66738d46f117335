package dev.sluice.engine.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long whoever asks is ready to wait, such as {@code 500ms}, {@code 10s} or {@code 1m}. */
final class Waits {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");

    private Waits() {}

    /** Empty where the text is no such duration. */
    static Optional<Duration> longest(String text, Duration unlessSaid) {
        if (text == null) {
            return Optional.of(unlessSaid);
        }
        var found = SHORT_DURATION.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        var amount = Long.parseLong(found.group(1));
        return Optional.of(
                switch (found.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    default -> Duration.ofMinutes(amount);
                });
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
