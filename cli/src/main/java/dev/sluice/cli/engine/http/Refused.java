package dev.sluice.cli.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Read;
import dev.sluice.schemas.message.Problem;
import java.util.List;

/** What a server says instead of an answer, as an exit code and words. */
final class Refused {
    private Refused() {}

    static Stop of(String url, int status, String body) {
        var said = said(body);
        var error = said.path("error").asText("HTTP " + status);
        var todo = said.path("todo").asText("");
        return switch (status) {
            case 400, 413, 415, 422 -> new Stop(Exit.INVALID, words(error, todo), problems(said));
            case 401 ->
                new Stop(
                        Exit.ERROR,
                        url + " wants to know who asks (" + error
                                + "): give a token with --token-file, SLUICE_TOKEN_FILE or SLUICE_TOKEN");
            case 403 -> new Stop(Exit.ERROR, url + " refuses this to your token: " + words(error, todo));
            case 404 ->
                new Stop(Exit.ERROR, url + " does not know what was asked for (" + error + "): is it the engine's?");
            case 409 -> new Stop(Exit.CONFLICT, words(error, todo));
            case 301, 302, 303, 307, 308 ->
                new Stop(Exit.ERROR, url + " sends elsewhere (HTTP " + status + "): give the address itself (--url)");
            case 429, 500, 502, 503, 504 -> Stop.forNow(url + " failed: " + words(error, todo));
            default -> new Stop(Exit.ERROR, url + " failed: " + words(error, todo));
        };
    }

    private static String words(String error, String todo) {
        return todo.isEmpty() ? error : error + ". " + todo;
    }

    private static JsonNode said(String body) {
        try {
            var tree = Read.MAPPER.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException notOurs) {
            return MissingNode.getInstance();
        }
    }

    private static List<Problem> problems(JsonNode said) {
        return said.path("problems").isArray()
                ? List.of(Read.MAPPER.convertValue(said.path("problems"), Problem[].class))
                : List.of();
    }
}
