package dev.sluice.triggers.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.schemas.wire.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** HTTP speaks the same JSON as the topics. */
class JsonOverHttp {
    @Produces
    @Singleton
    static ObjectMapper mapper() {
        return Json.mapper().copy();
    }
}
