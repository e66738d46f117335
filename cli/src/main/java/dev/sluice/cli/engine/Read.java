package dev.sluice.cli.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.schemas.wire.Json;

/** How answers are read: what a later version of Sluice says besides is left out, not stumbled over. */
public final class Read {
    public static final ObjectMapper MAPPER =
            Json.mapper().copy().enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

    private Read() {}
}
