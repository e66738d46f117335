package dev.sluice.triggers.http;

import dev.sluice.triggers.hook.Desk;
import dev.sluice.triggers.hook.Desk.Outcome;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where other systems tell of releases. 202 once Kafka has what follows, 200 where nothing does; the same again has no second effect. */
@Path("/api/hooks/{sender}")
@Singleton
@Blocking
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class HooksResource {
    private static final int ACCEPTED = 202;
    private static final int DONE = 200;

    private final Desk desk;

    HooksResource(Desk desk) {
        this.desk = desk;
    }

    /** @param error what is wrong, with what to do about it */
    record Problem(String error, String todo) {}

    @POST
    public Response take(@PathParam("sender") String sender, @Context HttpHeaders headers, byte[] body) {
        return switch (desk.take(sender, lowerCase(headers), body)) {
            case Outcome.Taken taken ->
                Response.status(taken.started().isEmpty() ? DONE : ACCEPTED)
                        .entity(taken)
                        .build();
            case Outcome.Refused(var status, var error, var todo) ->
                Response.status(status).entity(new Problem(error, todo)).build();
        };
    }

    private static Map<String, String> lowerCase(HttpHeaders headers) {
        var names = new HashMap<String, String>();
        headers.getRequestHeaders()
                .forEach((name, values) -> names.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return names;
    }
}
