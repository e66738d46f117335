package dev.sluice.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;

/** A browser's end of a stream: reads events as they come. */
public final class Events implements AutoCloseable {
    /** One event as it was read. */
    public record Event(String name, String id, JsonNode data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final InputStream body;
    private final HttpResponse<InputStream> response;

    private Events(String url, String lastEventId, boolean packed) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        if (packed) {
            request.header("Accept-Encoding", "gzip");
        }
        response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        body = response.body();
        Thread.ofVirtual().start(this::read);
    }

    public static Events of(String url) throws IOException, InterruptedException {
        return new Events(url, null, false);
    }

    public static Events packed(String url) throws IOException, InterruptedException {
        return new Events(url, null, true);
    }

    public static Events after(String lastEventId, String url) throws IOException, InterruptedException {
        return new Events(url, lastEventId, false);
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(unpacked(), StandardCharsets.UTF_8))) {
            String name = null;
            String id = null;
            var data = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (name != null) {
                        seen.add(new Event(name, id, json(data.toString())));
                    }
                    name = null;
                    id = null;
                    data.setLength(0);
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5));
                }
            }
        } catch (IOException closed) {
            // the test has seen enough
        }
    }

    private InputStream unpacked() throws IOException {
        return "gzip".equals(header("content-encoding")) ? new GZIPInputStream(body) : body;
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }

    /** The first that fits, waited for. */
    public Event await(String name, Predicate<JsonNode> which) {
        return Awaitility.await(name)
                .atMost(java.time.Duration.ofSeconds(30))
                .pollInterval(java.time.Duration.ofMillis(5))
                .until(
                        () -> seen.stream()
                                .filter(event -> event.name().equals(name) && which.test(event.data()))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    public Event await(String name) {
        return await(name, data -> true);
    }

    public List<Event> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
