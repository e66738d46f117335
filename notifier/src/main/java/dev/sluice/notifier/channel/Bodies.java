package dev.sluice.notifier.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.wire.Json;

/** Bodies of requests. */
final class Bodies {
    private Bodies() {}

    static byte[] bytes(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("every message can be written as JSON, but this one: " + body, e);
        }
    }
}
