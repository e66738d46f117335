package dev.sluice.engine.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Rows travel to the database as one JSON parameter, which {@code jsonb_to_recordset} spreads out again: any number of
 * rows in one round trip, without arrays per column.
 */
final class Sql {
    private Sql() {}

    static String json(Object rows) {
        try {
            return Json.mapper().writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows can always be written as JSON", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return json == null ? null : Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was stored can be read again, but not as " + type.getSimpleName(), e);
        }
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Of a {@code timestamptz} column; null where it is. */
    static Instant instant(Object column) {
        return switch (column) {
            case null -> null;
            case Instant instant -> instant;
            case OffsetDateTime time -> time.toInstant();
            default -> throw new IllegalStateException("no time: " + column.getClass());
        };
    }

    /** A statement kept in a file beside this class. */
    static String file(String name) {
        try (var in = Sql.class.getResourceAsStream("/sql/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
