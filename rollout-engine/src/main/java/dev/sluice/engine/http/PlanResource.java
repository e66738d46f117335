package dev.sluice.engine.http;

import dev.sluice.access.Callers;
import dev.sluice.access.Role;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.told.Inquiry;
import dev.sluice.engine.kafka.ClusterChecks;
import dev.sluice.engine.shell.Outlook;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.wire.UnacceptableJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Says what a rollout file comes to, or everything that is wrong with it; nothing is begun. */
@Path("/api")
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
public class PlanResource {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final RolloutFileReader files = new RolloutFileReader();
    private final Outlook outlook;
    private final ClusterChecks clusters;
    private final EngineConfig.Commands config;
    private final Callers callers;
    private final Clock clock;

    PlanResource(Outlook outlook, ClusterChecks clusters, EngineConfig config, Callers callers, Clock clock) {
        this.callers = callers;
        this.outlook = outlook;
        this.clusters = clusters;
        this.config = config.commands();
        this.clock = clock;
    }

    /**
     * @param targets as in a {@code start}: of these alone
     * @param revision as in a {@code start}
     * @param automated as in a {@code start}: windows may bind people or automation alone
     * @param cluster whether the appliers are asked what stands in the way: nothing is written
     * @param wait how long for their answers, such as {@code 10s}
     * @param file whether the file comes back as JSON, for whoever writes a {@code start} and reads no YAML
     */
    @POST
    @Path("/plan")
    public Response plan(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            @QueryParam("targets") List<String> targets,
            @QueryParam("revision") String revision,
            @QueryParam("automated") boolean automated,
            @QueryParam("cluster") boolean cluster,
            @QueryParam("wait") String wait,
            @QueryParam("file") boolean file) {
        var longest = Waits.longest(wait, WAIT).map(said -> Waits.shorter(said, config.longestWait()));
        if (longest.isEmpty()) {
            return new ProblemBody("`wait` is no duration: " + wait, "Ask with ?cluster=true&wait=10s").with(400);
        }
        var text = BodyText.of(body, type);
        return switch (files.read(text, new Overrides(Map.of(), targets))) {
            case RolloutFileReader.Read.Valid valid -> {
                allow(valid.plan().application(), cluster);
                var inquiry = new Inquiry(
                        "plan-" + UUID.randomUUID(),
                        valid.plan().application(),
                        revision,
                        clock.instant().plus(longest.get()));
                var seen = outlook.of(inquiry.rollout(), revision, automated, valid);
                var view =
                        PlanView.of(valid.plan(), valid.warnings()).with(seen).withFile(file ? json(text) : null);
                yield cluster
                        ? asked(view, inquiry.checks(valid.plan(), seen.state()), longest.get())
                        : Response.ok(view).build();
            }
            case RolloutFileReader.Read.Invalid invalid -> invalid(invalid);
        };
    }

    private static String json(String text) {
        try {
            return RolloutFileReader.tree(text).toString();
        } catch (UnacceptableJson e) {
            throw new IllegalStateException("a valid file can be read", e);
        }
    }

    /** Appliers have work of their own: not everybody who sees may set them to this. */
    private void allow(String application, boolean cluster) {
        var caller = callers.now();
        caller.see(application);
        if (cluster) {
            caller.need(Role.OPERATOR, application, "plan?cluster=true");
        }
    }

    private Response asked(PlanView view, List<WeightOrder> checks, Duration longest) {
        return switch (clusters.ask(checks, longest, clock.instant())) {
            case ClusterChecks.Asked.Answered answered ->
                Response.ok(view.with(ClusterView.of(checks, answered.reports(), longest)))
                        .build();
            case ClusterChecks.Asked.Unasked unasked ->
                new ProblemBody(
                                "No applier can be asked now: " + unasked.reason(),
                                "Try again, or ask without ?cluster=true for the plan alone")
                        .with(503);
        };
    }

    @POST
    @Path("/validate")
    public Response validate(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type) {
        return switch (files.read(BodyText.of(body, type), Overrides.NONE)) {
            case RolloutFileReader.Read.Valid valid ->
                Response.ok(PlanView.of(valid.plan(), valid.warnings())).build();
            case RolloutFileReader.Read.Invalid invalid -> invalid(invalid);
        };
    }

    private static Response invalid(RolloutFileReader.Read.Invalid invalid) {
        return new ProblemBody(
                        "The rollout file is not valid",
                        "Correct what each problem's pointer names",
                        invalid.problems(),
                        invalid.warnings())
                .with(422);
    }
}
