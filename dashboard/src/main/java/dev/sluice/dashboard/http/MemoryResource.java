package dev.sluice.dashboard.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sluice.dashboard.core.Feed;
import dev.sluice.dashboard.core.Figures;
import dev.sluice.dashboard.core.Timeline;
import dev.sluice.dashboard.core.WeightPoint;
import dev.sluice.dashboard.kafka.Reaches;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What this instance remembers; what is older, the engine tells. */
@Path("/api")
@RunOnVirtualThread
public class MemoryResource {
    private final Feed feed;
    private final Reaches reaches;
    private final MayRead mayRead;
    private final Clock clock;

    MemoryResource(Feed feed, Reaches reaches, MayRead mayRead, Clock clock) {
        this.feed = feed;
        this.reaches = reaches;
        this.mayRead = mayRead;
        this.clock = clock;
    }

    /**
     * @param from how far back the topics were read; fewer things may be remembered where there were many
     * @param complete whether they have been read up to what there was at the start
     */
    record TimelineBody(
            String application,
            Instant from,
            Instant to,
            boolean complete,
            List<RawValue> audit,
            List<TargetBody> targets) {}

    record TargetBody(String target, List<RawValue> verdicts, List<WeightPoint> weights) {
        static TargetBody of(Timeline.TargetView view) {
            return new TargetBody(view.target(), raw(view.verdicts()), view.weights());
        }
    }

    /** @param complete whether the audit has been read up to what there was at the start */
    record FleetBody(boolean complete, @JsonUnwrapped Figures figures) {}

    @GET
    @Path("/applications/{application:.+}/timeline")
    public Response timeline(@PathParam("application") String application) {
        if (!mayRead.caller().test(application)) {
            return new ProblemBody(
                            "You may not read application " + application,
                            "Ask whoever gives out roles for `viewer` of it")
                    .with(403);
        }
        var view = feed.timeline(application);
        var now = clock.instant();
        return Response.ok(new TimelineBody(
                        application,
                        feed.reachesBackTo(reaches.readFrom(), now),
                        now,
                        reaches.hasHistory(),
                        raw(view.audit()),
                        view.targets().stream().map(TargetBody::of).toList()))
                .build();
    }

    @GET
    @Path("/fleet")
    public FleetBody fleet() {
        return new FleetBody(reaches.hasHistory(), feed.figures(reaches.readFrom(), clock.instant(), mayRead.caller()));
    }

    private static List<RawValue> raw(List<String> messages) {
        return messages.stream().map(RawValue::new).toList();
    }
}
