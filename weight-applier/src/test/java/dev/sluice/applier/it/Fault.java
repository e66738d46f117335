package dev.sluice.applier.it;

import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What may become of a request on its way to the API server and back. */
enum Fault {
    CONFLICT(409, "Conflict", "the object has been modified; please apply your changes to the latest version"),
    DENIED(422, "Invalid", "admission webhook \"policy.example.com\" denied the request: not now"),
    TOO_MANY(429, "TooManyRequests", "the server has received too many requests and has asked us to try again later"),
    BROKEN(500, "InternalError", "etcdserver: leader changed"),
    UNAVAILABLE(503, "ServiceUnavailable", "apiserver not ready"),
    /** Carried out, and the connection breaks before the answer is here. */
    LOST,
    /** Carried out, and no answer comes as long as somebody waits for one. */
    UNANSWERED,
    /** Carried out only once whoever asked has given up, and looks again. */
    LATE,
    /** Carried out only once another write of the same path was. */
    OVERTAKEN;

    /** Those that a request which reads may meet. */
    static final Set<Fault> OF_READS = EnumSet.complementOf(EnumSet.of(CONFLICT, DENIED, LATE, OVERTAKEN));

    private final int code;
    private final String reason;
    private final String message;

    Fault() {
        this(0, null, null);
    }

    Fault(int code, String reason, String message) {
        this.code = code;
        this.reason = reason;
        this.message = message;
    }

    /** Whether it is an answer of the API server, which then does nothing. */
    boolean isAnswer() {
        return code != 0;
    }

    int code() {
        return code;
    }

    Map<String, String> headers() {
        return this == TOO_MANY
                ? Map.of("Content-Type", "application/json", "Retry-After", "1")
                : Map.of("Content-Type", "application/json");
    }

    /** As the API server words it. */
    String status() {
        return new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code)
                .encode();
    }
}
