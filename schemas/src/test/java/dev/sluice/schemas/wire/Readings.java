package dev.sluice.schemas.wire;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;

/** What several tests ask of a {@link Reading}. */
final class Readings {
    /** What the examples carry to show that unknown fields are ignored. */
    static final Set<String> UNKNOWN_FIELDS = Set.of("command/sentBy", "metric-event/unit");

    private Readings() {}

    static <T> T message(Reading<T> reading) {
        return switch (reading) {
            case Reading.Message<T> message -> message.message();
            default -> throw new AssertionError("not a message: " + reading);
        };
    }

    static <T> Attributes attributes(Reading<T> reading) {
        return switch (reading) {
            case Reading.Message<T> message -> message.attributes();
            default -> throw new AssertionError("not a message: " + reading);
        };
    }

    static String reason(Reading<?> reading) {
        return switch (reading) {
            case Reading.Unreadable<?> unreadable -> unreadable.reason();
            default -> throw new AssertionError("readable: " + reading);
        };
    }

    static Object asTimeOrText(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return text;
        }
    }
}
