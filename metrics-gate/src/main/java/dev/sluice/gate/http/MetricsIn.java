package dev.sluice.gate.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.access.Caller;
import dev.sluice.access.Callers;
import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.gate.kafka.Meters;
import dev.sluice.gate.kafka.MetricSender;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import dev.sluice.schemas.wire.StrictJson;
import dev.sluice.schemas.wire.UnacceptableJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Sluice's own metric events by HTTP, one or a list of them: all are taken or none, and answered once Kafka has them. */
@Path("/api/metrics")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class MetricsIn {
    private static final int MOST_EVENTS = 1000;
    private static final int MOST_BYTES = 1 << 20;
    private static final String WAY_IN = "sluice_http";

    private final MessageReader reader = new MessageReader();
    private final MetricSender sender;
    private final Meters meters;
    private final Turns turns;
    private final Callers callers;

    MetricsIn(MetricSender sender, Meters meters, Turns turns, Callers callers) {
        this.sender = sender;
        this.meters = meters;
        this.turns = turns;
        this.callers = callers;
    }

    @POST
    public Response take(
            @HeaderParam("Content-Type") String type, @HeaderParam("Content-Encoding") String encoding, byte[] body) {
        if (type == null || !type.startsWith(MediaType.APPLICATION_JSON)) {
            return refused(415, "content-type is " + MediaType.APPLICATION_JSON);
        }
        var caller = callers.now();
        if (!caller.maySendAny()) {
            return refused(403, NotAllowed.words(caller));
        }
        if (!turns.tryTake()) {
            return again(429, "too many requests at once; send it again");
        }
        try {
            var unpacked = Body.unpacked(body == null ? new byte[0] : body, encoding);
            return unpacked == null || unpacked.length > MOST_BYTES ? tooMuch() : take(unpacked, caller);
        } catch (IOException | UnacceptableJson e) {
            return refused(400, "it cannot be read: " + said(e));
        } finally {
            turns.giveBack();
        }
    }

    private Response take(byte[] body, Caller caller) throws IOException, UnacceptableJson {
        var several = listed(StrictJson.parse(body));
        if (several.size() > MOST_EVENTS) {
            return tooMuch();
        }
        var events = new ArrayList<Mapped.Event>();
        for (var one : several) {
            switch (reader.read(MessageType.METRIC_EVENT, Json.mapper().writeValueAsBytes(one), new RecordHeaders())) {
                case Reading.Message<MetricEvent>(var event, var attributes) -> {
                    if (!caller.maySend(event.application()) || FreezeRules.isTold(event)) {
                        return refused(
                                403,
                                caller.name() + " may not send for " + event.application()
                                        + ": the role sender or operator of it is needed. Nothing was taken");
                    }
                    events.add(new Mapped.Event(event, null));
                }
                case Reading.Unreadable<MetricEvent>(var why) -> {
                    return refused(400, "event " + (events.size() + 1) + ": " + why + ". Nothing was taken");
                }
                case Reading.Newer<MetricEvent>(var why) -> {
                    return refused(400, "event " + (events.size() + 1) + ": " + why);
                }
                case Reading.Tombstone<MetricEvent> none -> throw new IllegalStateException("it has a value");
            }
        }
        return sent(events);
    }

    private static List<JsonNode> listed(JsonNode said) {
        if (!said.isArray()) {
            return List.of(said);
        }
        var several = new ArrayList<JsonNode>();
        said.forEach(several::add);
        return several;
    }

    private Response sent(List<Mapped.Event> events) {
        try {
            sender.send(events);
        } catch (KafkaException e) {
            return again(
                    503, "Kafka does not answer: " + e.getMessage() + ". Send it again: what has an id counts once");
        }
        meters.handedOver(WAY_IN, events.size());
        return Response.ok(Map.of("taken", events.size())).build();
    }

    private static String said(Exception e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    }

    private static Response tooMuch() {
        return refused(413, "at most " + MOST_EVENTS + " events and " + MOST_BYTES + " bytes at once");
    }

    private static Response again(int status, String why) {
        return Response.fromResponse(refused(status, why))
                .header("Retry-After", "1")
                .build();
    }

    private static Response refused(int status, String why) {
        return Response.status(status).entity(Map.of("error", why)).build();
    }
}
