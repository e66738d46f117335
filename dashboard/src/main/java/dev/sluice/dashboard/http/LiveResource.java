package dev.sluice.dashboard.http;

import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.dashboard.core.Feed;
import dev.sluice.dashboard.engine.EngineFreezes;
import dev.sluice.dashboard.metrics.Meters;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything as it happens, as server-sent events: what there is, and then what changes. */
@Path("/api/stream")
public class LiveResource {
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);
    /** Then its reader comes again, with a token that is still good and by the rules of that time. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Feed feed;
    private final Waiters waiters;
    private final StreamWords words;
    private final MayRead mayRead;
    private final EngineFreezes freezes;
    private final DashboardConfig.Dashboard config;
    private final AtomicInteger open;

    LiveResource(
            Feed feed,
            Waiters waiters,
            StreamWords words,
            MayRead mayRead,
            EngineFreezes freezes,
            DashboardConfig config,
            Meters meters) {
        this.feed = feed;
        this.waiters = waiters;
        this.words = words;
        this.mayRead = mayRead;
        this.freezes = freezes;
        this.config = config.dashboard();
        this.open = meters.streams();
    }

    /**
     * @param lastEventId the id of the last event that the reader was told, which browsers send by themselves
     * @param last the same, for readers that can't set the header
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> stream(
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
            @QueryParam("lastEventId") String last,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Context Sse sse) {
        if (open.incrementAndGet() > config.streams()) {
            open.decrementAndGet();
            throw new WebApplicationException(new ProblemBody(
                            "There are " + config.streams() + " streams already",
                            "Try again in a minute, or raise sluice.dashboard.streams")
                    .with(503));
        }
        var ids = words.ids(mayRead.mark());
        var reader = new StreamReader(
                ids.position(lastEventId == null ? last : lastEventId),
                mayRead.caller(),
                ids,
                freezes.toldTo(authorization));
        return new LiveStream(feed, waiters, words, reader, config.heartbeat())
                .events()
                .select()
                .first(LONGEST)
                .map(event -> written(sse, event))
                .onTermination()
                .invoke(open::decrementAndGet);
    }

    private static OutboundSseEvent written(Sse sse, StreamEvent event) {
        var written = sse.newEventBuilder().name(event.name()).data(String.class, event.json());
        if (event.id() != null) {
            written.id(event.id());
        }
        if (event.name().equals("snapshot")) {
            written.reconnectDelay(RECONNECT_AFTER.toMillis());
        }
        return written.build();
    }
}
