package dev.sluice.engine.http;

import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Says what a rollout file comes to, or everything that is wrong with it; nothing is begun. */
@Path("/api")
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
public class PlanResource {
    private final RolloutFileReader files = new RolloutFileReader();

    /** @param targets as in a {@code start}: of these alone */
    @POST
    @Path("/plan")
    public Response plan(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            @QueryParam("targets") List<String> targets) {
        return of(body, type, new Overrides(Map.of(), targets));
    }

    @POST
    @Path("/validate")
    public Response validate(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type) {
        return of(body, type, Overrides.NONE);
    }

    private Response of(byte[] body, MediaType type, Overrides overrides) {
        return switch (files.read(BodyText.of(body, type), overrides)) {
            case RolloutFileReader.Read.Valid valid ->
                Response.ok(PlanView.of(valid.plan(), valid.warnings())).build();
            case RolloutFileReader.Read.Invalid invalid ->
                new ProblemBody(
                                "The rollout file is not valid",
                                "Correct what each problem's pointer names",
                                invalid.problems())
                        .with(422);
        };
    }
}
