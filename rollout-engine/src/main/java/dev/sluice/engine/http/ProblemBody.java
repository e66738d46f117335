package dev.sluice.engine.http;

import dev.sluice.schemas.message.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Every answer that isn't what was asked for.
 *
 * @param error what is wrong
 * @param todo what to do about it
 * @param problems each thing that is wrong with the document sent, where there was one
 * @param warnings what else its author may not want; nothing is refused for it
 */
public record ProblemBody(String error, String todo, List<Problem> problems, List<Problem> warnings) {
    ProblemBody(String error, String todo) {
        this(error, todo, List.of(), List.of());
    }

    Response with(int status) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(this)
                .build();
    }
}
