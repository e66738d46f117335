package dev.sluice.dashboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.dashboard.core.Next;
import dev.sluice.dashboard.core.Told;
import dev.sluice.dashboard.kafka.Reaches;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** How streams say things. */
@Singleton
class StreamWords {
    private final String mark =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final ObjectMapper mapper;
    private final Reaches reaches;
    private final Clock clock;

    StreamWords(ObjectMapper mapper, Reaches reaches, Clock clock) {
        this.mapper = mapper;
        this.reaches = reaches;
        this.clock = clock;
    }

    /** @param newest when the newest status was sent; null: there was none */
    private record Heartbeat(Instant now, Instant newest, Long lagMillis, boolean caughtUp) {}

    private record Gone(String key) {}

    /** Whether all that the status topic had when this instance began is known. */
    boolean isCaughtUp() {
        return reaches.asOf() != null;
    }

    /** The lag is how old the picture may be: everything that was sent before is in it. Null: nobody can tell yet. */
    StreamEvent heartbeat() {
        var now = clock.instant();
        var asOf = reaches.asOf();
        var lag = asOf == null ? null : Duration.between(asOf, now).toMillis();
        return new StreamEvent("heartbeat", null, json(new Heartbeat(now, reaches.newest(), lag, asOf != null)));
    }

    /**
     * @param first its statuses, or some; the rest come as parts
     * @param freezes as JSON; {@code null} where the engine didn't say
     */
    StreamEvent snapshot(EventIds ids, Next.Snapshot snapshot, List<Told> first, String freezes) {
        var more = snapshot.statuses().size() - first.size();
        var json = "{\"readAt\":%s,\"caughtUp\":%s,\"leftOut\":%d,\"more\":%d,\"freezes\":%s,\"statuses\":["
                .formatted(json(reaches.asOf()), isCaughtUp(), snapshot.leftOut(), more, freezes);
        var statuses = first.stream().map(Told::json).collect(Collectors.joining(","));
        return new StreamEvent("snapshot", ids.id(snapshot.position(), more), json + statuses + "]}");
    }

    /** @param more parts that come after it */
    StreamEvent part(EventIds ids, Told told, long position, int more) {
        return new StreamEvent(told.kind().word(), ids.id(position, more), told.json());
    }

    StreamEvent told(EventIds ids, Told told) {
        var json = told.kind() == Told.Kind.GONE ? json(new Gone(told.key())) : told.json();
        return new StreamEvent(told.kind().word(), ids.id(told.position()), json);
    }

    /** @param sight what marks that which the reader may see */
    EventIds ids(String sight) {
        return EventIds.of(mark, sight);
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of times, texts and numbers can be written as JSON", e);
        }
    }
}
