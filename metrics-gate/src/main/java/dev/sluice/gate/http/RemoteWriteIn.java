package dev.sluice.gate.http;

import dev.sluice.access.Callers;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.format.foreign.ForeignReading;
import dev.sluice.gate.format.foreign.Mapping;
import dev.sluice.gate.format.foreign.RemoteWrite;
import dev.sluice.gate.kafka.Meters;
import dev.sluice.gate.kafka.MetricSender;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Prometheus's remote write, 1.0 and 2.0 (prometheus.io/docs/specs/prw): 204 once Kafka has it, 503 where it should come again. */
@Path("/api/v1/write")
@Singleton
@Blocking
public class RemoteWriteIn {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String SECOND = "io.prometheus.write.v2.Request";

    private final Mapping mapping;
    private final MetricSender sender;
    private final Meters meters;
    private final Turns turns;
    private final Callers callers;

    RemoteWriteIn(GateConfig config, MetricSender sender, Meters meters, Turns turns, Callers callers) {
        this.callers = callers;
        this.mapping = config.gate()
                .waysIn()
                .remoteWrite()
                .map(rules -> Mapping.of(rules, true))
                .orElse(null);
        this.sender = sender;
        this.meters = meters;
        this.turns = turns;
    }

    @POST
    public Response take(
            @HeaderParam("Content-Type") String type, @HeaderParam("Content-Encoding") String encoding, byte[] body) {
        if (mapping == null) {
            return refused(404, "sluice.gate.ways-in.remote-write is not configured");
        }
        if (type == null || !type.startsWith(PROTOBUF) || !"snappy".equals(encoding)) {
            return refused(415, "content-type is " + PROTOBUF + " and content-encoding is snappy");
        }
        if (!callers.now().maySendAny()) {
            return refused(403, NotAllowed.words(callers.now()));
        }
        if (!turns.tryTake()) {
            // Prometheus throws away what is answered with 429, unless it is told not to
            return refused(503, "too many requests at once; send it again");
        }
        try {
            return take(type, body);
        } finally {
            turns.giveBack();
        }
    }

    private Response take(String type, byte[] body) {
        var format = new RemoteWrite(type.contains(SECOND));
        return switch (format.read(body, new RecordHeaders())) {
            case ForeignReading.Unreadable(var reason) -> refused(400, reason);
            case ForeignReading.Event none -> refused(400, "it has no samples");
            case ForeignReading.Newer(var reason) -> refused(400, reason);
            case ForeignReading.Samples(var samples) -> {
                var taken = new Taken(samples, mapping, callers.now());
                try {
                    sender.send(taken);
                } catch (KafkaException e) {
                    yield refused(503, "Kafka does not answer: " + e.getMessage());
                }
                taken.count("remote_write", meters);
                // of 2.0: all that could be read was dealt with, histograms and exemplars never are
                yield Response.noContent()
                        .header("X-Prometheus-Remote-Write-Samples-Written", samples.size())
                        .header("X-Prometheus-Remote-Write-Histograms-Written", 0)
                        .header("X-Prometheus-Remote-Write-Exemplars-Written", 0)
                        .build();
            }
        };
    }

    private static Response refused(int status, String why) {
        var response = Response.status(status).entity(why).type(MediaType.TEXT_PLAIN);
        return status == 503 ? response.header("Retry-After", "1").build() : response.build();
    }
}
