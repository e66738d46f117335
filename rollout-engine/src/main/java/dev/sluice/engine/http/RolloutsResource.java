package dev.sluice.engine.http;

import dev.sluice.access.Callers;
import dev.sluice.engine.shell.Lookup;
import dev.sluice.schemas.message.Phase;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/** Where rollouts stand. The same is on {@code rollout.status}, for whoever wants to be told instead of asking. */
@Path("/api")
@RunOnVirtualThread
public class RolloutsResource {
    private static final int MOST = 1000;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final Lookup lookup;
    private final Callers callers;
    private final Clock clock;

    RolloutsResource(Lookup lookup, Callers callers, Clock clock) {
        this.callers = callers;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** @param phase as in status; {@code after} and {@code limit} page through them by name */
    @GET
    @Path("/rollouts")
    public Response list(
            @QueryParam("phase") String phase,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        var phases = Arrays.stream(Phase.values()).map(Phase::word).toList();
        if (phase != null && !phases.contains(phase)) {
            return new ProblemBody("There is no phase " + phase, "Use one of " + phases).with(400);
        }
        var now = clock.instant();
        var visible = callers.now().visible();
        var shown = lookup.applications(visible, phase, after, Math.clamp(limit, 1, MOST)).stream()
                .map(state -> RolloutView.of(state, now))
                .toList();
        return Response.ok(shown).build();
    }

    @GET
    @Path("/rollouts/{application:.+}")
    public Response one(@PathParam("application") String application) {
        callers.now().see(application);
        return lookup.application(application)
                .map(state ->
                        Response.ok(RolloutView.of(state, clock.instant())).build())
                .orElseGet(() -> unknown(application));
    }

    /**
     * The newest decision first.
     *
     * @param before the number at the end of a decision's id: those before it, which pages through them
     */
    @GET
    @Path("/decisions/{application:.+}")
    public Response decisions(
            @PathParam("application") String application,
            @QueryParam("before") Long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        callers.now().see(application);
        var end = before == null ? Long.MAX_VALUE : before;
        var decisions = lookup.decisions(application, end, Math.clamp(limit, 1, MOST));
        return decisions.isEmpty() && before == null
                ? unknown(application)
                : Response.ok(decisions).build();
    }

    /**
     * The newest rollout first, with what became of each of its targets and what their time went into.
     *
     * @param before a time: rollouts that were started earlier, which pages through them
     */
    @GET
    @Path("/history/{application:.+}")
    public Response history(
            @PathParam("application") String application,
            @QueryParam("before") String before,
            @QueryParam("limit") @DefaultValue("20") int limit) {
        callers.now().see(application);
        Instant end;
        try {
            end = before == null ? clock.instant().plus(CLOCKS_DIFFER) : Instant.parse(before);
        } catch (DateTimeParseException e) {
            return new ProblemBody(
                            "`before` is not a time: " + before,
                            "Give one as in `startedAt`, such as 2026-11-20T12:00:00Z")
                    .with(400);
        }
        var history = lookup.history(application, end, Math.clamp(limit, 1, MOST));
        return history.isEmpty() && before == null
                ? unknown(application)
                : Response.ok(history).build();
    }

    private static Response unknown(String application) {
        return new ProblemBody(
                        "Nothing is known of application " + application,
                        "GET /api/rollouts lists those that are; a 'start' command begins one")
                .with(404);
    }
}
