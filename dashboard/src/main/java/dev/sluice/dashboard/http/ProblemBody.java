package dev.sluice.dashboard.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Every answer of the dashboard's own that isn't what was asked for; the engine's have the same two words.
 *
 * @param error what is wrong
 * @param todo what to do about it
 */
public record ProblemBody(String error, String todo) {
    Response with(int status) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(this)
                .build();
    }
}
