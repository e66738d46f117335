package dev.sluice.gate.http;

import com.google.protobuf.CodedOutputStream;
import dev.sluice.access.Callers;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.format.foreign.ForeignReading;
import dev.sluice.gate.format.foreign.Mapping;
import dev.sluice.gate.format.foreign.MetricFormat;
import dev.sluice.gate.format.foreign.OtlpJson;
import dev.sluice.gate.format.foreign.OtlpProto;
import dev.sluice.gate.kafka.Meters;
import dev.sluice.gate.kafka.MetricSender;
import dev.sluice.schemas.wire.Json;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * OTLP/HTTP (opentelemetry.io/docs/specs/otlp): takes metrics as protobuf or JSON, answers in kind, and only once Kafka has them. What no
 * mapping fits is told as a partial success.
 */
@Path("/v1/metrics")
@Singleton
@Blocking
public class OtlpIn {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final int INVALID_ARGUMENT = 3;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAVAILABLE = 14;

    private final Mapping mapping;
    private final MetricSender sender;
    private final Meters meters;
    private final Turns turns;
    private final OtlpProto proto;
    private final OtlpJson json;
    private final Callers callers;

    OtlpIn(
            GateConfig config,
            MetricSender sender,
            Meters meters,
            Turns turns,
            OtlpProto proto,
            OtlpJson json,
            Callers callers) {
        this.callers = callers;
        this.mapping = config.gate()
                .waysIn()
                .otlp()
                .map(rules -> Mapping.of(rules, true))
                .orElse(null);
        this.sender = sender;
        this.meters = meters;
        this.turns = turns;
        this.proto = proto;
        this.json = json;
    }

    @POST
    public Response take(
            @HeaderParam("Content-Type") String type, @HeaderParam("Content-Encoding") String encoding, byte[] body)
            throws IOException {
        var isJson = type != null && type.startsWith(JSON);
        if (mapping == null) {
            return failed(404, INVALID_ARGUMENT, "sluice.gate.ways-in.otlp is not configured", isJson);
        }
        if (!isJson && (type == null || !type.startsWith(PROTOBUF))) {
            return failed(415, INVALID_ARGUMENT, "content-type is " + PROTOBUF + " or " + JSON, false);
        }
        if (!callers.now().maySendAny()) {
            return failed(403, PERMISSION_DENIED, NotAllowed.words(callers.now()), isJson);
        }
        if (!turns.tryTake()) {
            return failed(429, RESOURCE_EXHAUSTED, "too many requests at once; send it again", isJson);
        }
        try {
            return take(body, encoding, isJson);
        } finally {
            turns.giveBack();
        }
    }

    private Response take(byte[] body, String encoding, boolean isJson) throws IOException {
        byte[] unpacked;
        try {
            unpacked = Body.unpacked(body, encoding);
        } catch (IOException e) {
            return failed(400, INVALID_ARGUMENT, e.getMessage(), isJson);
        }
        return unpacked == null
                ? failed(413, INVALID_ARGUMENT, "it is too large; send fewer at once", isJson)
                : take(unpacked, isJson ? json : proto, isJson);
    }

    private Response take(byte[] body, MetricFormat format, boolean isJson) throws IOException {
        if (!(format.read(body, new RecordHeaders()) instanceof ForeignReading.Samples(var samples))) {
            return failed(400, INVALID_ARGUMENT, "it cannot be read as " + format.name(), isJson);
        }
        var taken = new Taken(samples, mapping, callers.now());
        try {
            sender.send(taken);
        } catch (KafkaException e) {
            return failed(503, UNAVAILABLE, "Kafka does not answer: " + e.getMessage(), isJson);
        }
        taken.count("otlp_http", meters);
        return Response.ok(isJson ? partialJson(taken) : partialProto(taken), isJson ? JSON : PROTOBUF)
                .build();
    }

    private static byte[] partialJson(Taken taken) throws IOException {
        // 64 bits are a text
        var partial = Map.of("rejectedDataPoints", Long.toString(taken.rejected()), "errorMessage", taken.words());
        return Json.mapper().writeValueAsBytes(taken.rejected() == 0 ? Map.of() : Map.of("partialSuccess", partial));
    }

    private static byte[] partialProto(Taken taken) throws IOException {
        if (taken.rejected() == 0) {
            return new byte[0];
        }
        return written(out -> out.writeByteArray(1, written(partial -> {
            partial.writeInt64(1, taken.rejected());
            partial.writeString(2, taken.words());
        })));
    }

    /** A {@code google.rpc.Status}. */
    private static Response failed(int status, int code, String message, boolean isJson) throws IOException {
        var body = isJson
                ? Json.mapper().writeValueAsBytes(Map.of("code", code, "message", message))
                : written(out -> {
                    out.writeInt32(1, code);
                    out.writeString(2, message);
                });
        var response = Response.status(status).entity(body).type(isJson ? JSON : PROTOBUF);
        return status == 503 || status == 429
                ? response.header("Retry-After", "1").build()
                : response.build();
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
