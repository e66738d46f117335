package dev.sluice.applier.it;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** How an API server says that it has forgotten what a watch wants to be told: as its answer, or as the first thing it tells. */
enum Gone {
    STATUS {
        @Override
        void answer(HttpServerRequest request) {
            request.resume();
            request.response()
                    .setStatusCode(CODE)
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(expired().encode()));
        }
    },
    EVENT {
        @Override
        void answer(HttpServerRequest request) {
            var error = new JsonObject().put("type", "ERROR").put("object", expired());
            // asked for before it goes on: one that has been read can't become a socket any more
            var socket = request.toWebSocket();
            request.resume();
            socket.onSuccess(open -> open.writeTextMessage(error.encode()));
        }
    };

    private static final int CODE = 410;

    /** @param request that is paused */
    abstract void answer(HttpServerRequest request);

    /** As the API server words it. */
    private static JsonObject expired() {
        return new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", "too old resource version: 1 (2)")
                .put("reason", "Expired")
                .put("code", CODE);
    }
}
