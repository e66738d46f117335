package dev.sluice.engine.http;

import dev.sluice.engine.shell.CallbackDesk;
import dev.sluice.engine.webhook.Callback;
import dev.sluice.engine.webhook.CallbackToken;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where those whom a rollout called tell how it went. The token is all they need: it is for one call, and for one callback. */
@Path("/api/webhooks/{token}")
@RunOnVirtualThread
public class WebhooksResource {
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;

    private final CallbackDesk desk;

    WebhooksResource(CallbackDesk desk) {
        this.desk = desk;
    }

    /** @param call its id */
    record Taken(String call) {}

    /** 200 where the call waited for it, 410 where it came too late; the same once more has the same answer and changes nothing. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response callback(
            @PathParam("token") String token, byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type) {
        var known = desk.read(token);
        if (known.isEmpty()) {
            return new ProblemBody(
                            "Nothing waits for a callback with this token",
                            "Use the URL as the call had it, in X-Sluice-Callback or {{sluice.callbackUri}}")
                    .with(404);
        }
        if (body.length > Callback.LONGEST) {
            return new ProblemBody("The body has " + body.length + " bytes", "Send at most " + Callback.LONGEST)
                    .with(TOO_LARGE);
        }
        return desk.body(BodyText.of(body, type))
                .map(callback -> take(known.get(), callback))
                .orElseGet(() -> new ProblemBody(
                                "The body does not say whether it went well",
                                "Send JSON: {\"success\": true, \"reason\": \"why\", \"links\": [{\"name\": \"log\", \"url\": \"https://…\"}]}")
                        .with(UNPROCESSABLE));
    }

    /** As CD-as-a-Service's callers do: they send to the URL they got and {@code /callback}. */
    @POST
    @Path("/callback")
    @Consumes(MediaType.WILDCARD)
    public Response theirCallback(
            @PathParam("token") String token, byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type) {
        return callback(token, body, type);
    }

    private Response take(CallbackToken token, Callback callback) {
        return desk.take(token, callback)
                .map(late -> new ProblemBody(
                                "The call waits for no callback any more: " + late,
                                "GET /api/rollouts/" + token.application() + " says where the rollout stands")
                        .with(410))
                .orElseGet(() -> Response.ok(new Taken(token.call())).build());
    }
}
