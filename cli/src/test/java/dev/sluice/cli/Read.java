package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads what was printed. */
final class Read {
    private Read() {}

    static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
