package dev.sluice.engine.http;

import dev.sluice.access.Callers;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.CommandSender;
import dev.sluice.engine.postgres.SealingKey;
import dev.sluice.engine.shell.Lookup;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Takes commands for {@code rollout.commands}, and says what became of them. */
@Path("/api/commands")
@RunOnVirtualThread
public class CommandsResource {
    private final CommandReader reader;
    private final CommandSender sender;
    private final Lookup lookup;
    private final EngineConfig.Commands config;
    private final Callers callers;
    private final SealingKey key;
    private final Clock clock;

    CommandsResource(
            CommandReader reader,
            CommandSender sender,
            Lookup lookup,
            EngineConfig config,
            Callers callers,
            SealingKey key,
            Clock clock) {
        this.key = key;
        this.callers = callers;
        this.reader = reader;
        this.sender = sender;
        this.lookup = lookup;
        this.config = config.commands();
        this.clock = clock;
    }

    /** @param warnings of the command's rollout file: it is carried out all the same */
    record Accepted(String id, String application, List<Problem> warnings) {}

    /** 202 once Kafka has it; what it leads to is told by {@code GET /api/commands/{application}?id=}. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response send(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type) {
        if (body.length > Topic.COMMANDS.maxBytes()) {
            return new ProblemBody(
                            "The command has " + body.length + " bytes", "Send at most " + Topic.COMMANDS.maxBytes())
                    .with(413);
        }
        var caller = callers.now();
        return switch (reader.read(BodyText.of(body, type), caller)) {
            case CommandReader.Read.Good good -> {
                var roles = caller.roles(good.command().application());
                sender.send(good.command(), roles, key.now(), clock.instant());
                yield Response.accepted(
                                new Accepted(good.command().id(), good.command().application(), good.warnings()))
                        .build();
            }
            case CommandReader.Read.NoDocument bad ->
                new ProblemBody(bad.reason(), "Send one command as JSON or YAML").with(400);
            case CommandReader.Read.Invalid invalid ->
                new ProblemBody(
                                "The command is not valid",
                                "Correct what each problem's pointer names",
                                invalid.problems(),
                                invalid.warnings())
                        .with(422);
        };
    }

    /** @param wait how long to wait for decisions where there are none yet, such as {@code 10s} */
    @GET
    @Path("/{application:.+}")
    public Response outcome(
            @PathParam("application") String application, @QueryParam("id") String id, @QueryParam("wait") String wait)
            throws InterruptedException {
        callers.now().see(application);
        var longest = Waits.longest(wait, Duration.ZERO);
        if (id == null || longest.isEmpty()) {
            return new ProblemBody("The parameters are not understood", "Ask with ?id=<command id>&wait=10s").with(400);
        }
        var atMost = Waits.shorter(longest.get(), config.longestWait());
        var decisions = lookup.outcome(application, id, atMost);
        if (decisions.isEmpty()) {
            return new ProblemBody(
                            "Command " + id + " has led to nothing for application " + application + " yet",
                            "Wait longer (?wait=10s), or see whether it went to the dead letters")
                    .with(404);
        }
        return Response.ok(decisions).build();
    }
}
