package dev.sluice.cli.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.Token;
import dev.sluice.cli.engine.Read;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls one server, with whoever asks' token; what goes wrong is said with the address that was tried. */
public final class HttpCalls implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final String url;
    private final Token token;
    // redirects are not followed: the token is for this server alone
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    public HttpCalls(String url, Token token) throws Stop {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
        if (!this.url.startsWith("http://") && !this.url.startsWith("https://")) {
            throw new Stop(
                    Exit.INVALID, "'" + url + "' is no HTTP address: give one such as http://localhost:8080 (--url)");
        }
    }

    /**
     * Empty where there is no such thing (404).
     *
     * @param parameters a collection's elements are given one after the other
     */
    public Optional<JsonNode> get(String path, Map<String, ?> parameters) throws Stop {
        var response = answer(request(path, parameters).GET());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(read(response));
    }

    /** @param body JSON or YAML */
    public JsonNode post(String path, Map<String, ?> parameters, String body) throws Stop {
        return post(path, parameters, "application/yaml; charset=utf-8", body);
    }

    public JsonNode postJson(String path, String body) throws Stop {
        return post(path, Map.of(), "application/json", body);
    }

    private JsonNode post(String path, Map<String, ?> parameters, String type, String body) throws Stop {
        return read(
                answer(request(path, parameters).header("Content-Type", type).POST(BodyPublishers.ofString(body))));
    }

    private HttpRequest.Builder request(String path, Map<String, ?> parameters) throws Stop {
        var query = parameters.entrySet().stream()
                .flatMap(entry ->
                        values(entry.getValue()).map(value -> entry.getKey() + "=" + encoded(value.toString())))
                .collect(Collectors.joining("&"));
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path + (query.isEmpty() ? "" : "?" + query)))
                    .timeout(ANSWER)
                    .header("Accept", "application/json");
            token.now().ifPresent(known -> request.header("Authorization", "Bearer " + known));
            return request;
        } catch (IllegalArgumentException e) {
            throw new Stop(
                    Exit.INVALID,
                    "The address or the token has characters that HTTP can't carry: look at --url (now " + url
                            + ") and the token");
        }
    }

    private static Stream<?> values(Object parameter) {
        return parameter instanceof Collection<?> several ? several.stream() : Stream.of(parameter);
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) throws Stop {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stop(Exit.ERROR, "Interrupted while " + url + " was asked");
        }
    }

    private Stop unreachable(IOException e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Stop.forNow("Nothing answers at " + url + " (" + why
                + "). Is the engine running there? Say where it is with --url or"
                + " SLUICE_URL, or talk to Kafka with --bootstrap");
    }

    private JsonNode read(HttpResponse<String> response) throws Stop {
        if (response.statusCode() / 100 != 2) {
            throw Refused.of(url, response.statusCode(), response.body());
        }
        try {
            return Read.MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new Stop(Exit.ERROR, url + " answers, but not as Sluice does: is it the engine's address (--url)?");
        }
    }

    /** For one part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        // not waited for: a call that is under way may take a minute
        client.shutdownNow();
    }
}
