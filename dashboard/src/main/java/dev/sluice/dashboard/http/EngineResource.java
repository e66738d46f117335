package dev.sluice.dashboard.http;

import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.dashboard.engine.EngineAway;
import dev.sluice.dashboard.engine.EngineClient;
import dev.sluice.dashboard.engine.EngineRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What the engine is asked through the dashboard, in its caller's name: these paths and no others. Answers come back as they are,
 * also where they say no.
 */
@Path("/api")
@RunOnVirtualThread
public class EngineResource {
    private static final Pattern APPLICATION = Pattern.compile("\\*|[a-z0-9.-]+(/[a-z0-9.-]+)*");

    private final EngineClient engine;
    private final DashboardConfig.Engine config;

    EngineResource(EngineClient engine, DashboardConfig config) {
        this.engine = engine;
        this.config = config.dashboard().engine();
    }

    // none of these can be sent by a form of another site

    @POST
    @Path("/commands")
    @Consumes({"application/json", "application/yaml", "application/x-yaml", "text/yaml"})
    public Response send(byte[] body, @Context HttpHeaders headers) throws InterruptedException {
        return post("/api/commands", body, headers);
    }

    @POST
    @Path("/plan")
    @Consumes({"application/json", "application/yaml", "application/x-yaml", "text/yaml"})
    public Response plan(byte[] body, @Context HttpHeaders headers, @Context UriInfo uri) throws InterruptedException {
        return post("/api/plan" + query(uri), body, headers);
    }

    @POST
    @Path("/validate")
    @Consumes({"application/json", "application/yaml", "application/x-yaml", "text/yaml"})
    public Response validate(byte[] body, @Context HttpHeaders headers) throws InterruptedException {
        return post("/api/validate", body, headers);
    }

    @GET
    @Path("/{what:commands|decisions|history|rollouts}/{application:.+}")
    public Response ofApplication(
            @PathParam("what") String what,
            @PathParam("application") String application,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Context UriInfo uri)
            throws InterruptedException {
        var isOne = APPLICATION.matcher(application).matches()
                && Arrays.stream(application.split("/")).noneMatch(part -> part.equals(".") || part.equals(".."));
        return isOne
                ? ask(EngineRequest.get("/api/" + what + "/" + application + query(uri), authorization))
                : new ProblemBody(
                                application + " is no application's name",
                                "Names are small letters, digits, dots, dashes and slashes")
                        .with(400);
    }

    @GET
    @Path("/freezes")
    public Response freezes(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) throws InterruptedException {
        return ask(EngineRequest.get("/api/freezes", authorization));
    }

    private Response post(String path, byte[] body, HttpHeaders headers) throws InterruptedException {
        var longest = config.longestRequest().asLongValue();
        if (body.length > longest) {
            return new ProblemBody("The request has " + body.length + " bytes", "Send at most " + longest).with(413);
        }
        return ask(new EngineRequest(
                "POST",
                path,
                headers.getHeaderString(HttpHeaders.AUTHORIZATION),
                headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
                BodyPublishers.ofByteArray(body)));
    }

    private Response ask(EngineRequest request) throws InterruptedException {
        try {
            var answer = engine.ask(request);
            var response = Response.status(answer.status());
            answer.headers().forEach(response::header);
            return response.entity(answer.body()).build();
        } catch (EngineAway e) {
            return new ProblemBody(
                            "The rollout-engine at " + engine.url() + " doesn't answer: " + e.getMessage(),
                            "See whether it runs, and whether sluice.dashboard.engine.url is right; what is shown comes from "
                                    + "Kafka and goes on")
                    .with(502);
        }
    }

    private static String query(UriInfo uri) {
        var query = uri.getRequestUri().getRawQuery();
        return query == null ? "" : "?" + query;
    }
}
