package dev.sluice.engine.http;

import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Says what a rollout file comes to, or everything that is wrong with it; nothing is begun. */
@Path("/api/validate")
@RunOnVirtualThread
public class ValidateResource {
    private final RolloutFileReader files = new RolloutFileReader();

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response validate(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type) {
        return switch (files.read(BodyText.of(body, type), Overrides.NONE)) {
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
