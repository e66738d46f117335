package dev.sluice.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
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

    private Events(String url, String lastEventId, boolean packed, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (packed) {
            request.header("Accept-Encoding", "gzip");
        }
        response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        body = response.body();
        Thread.ofVirtual().start(this::read);
    }

    public static Events of(String url) throws IOException, InterruptedException {
        return new Events(url, null, false, null);
    }

    static Events as(String token, String url) throws IOException, InterruptedException {
        return new Events(url, null, false, token);
    }

    public static Events packed(String url) throws IOException, InterruptedException {
        return new Events(url, null, true, null);
    }

    public static Events after(String lastEventId, String url) throws IOException, InterruptedException {
        return new Events(url, lastEventId, false, null);
    }

    static Events after(String lastEventId, String token, String url) throws IOException, InterruptedException {
        return new Events(url, lastEventId, false, token);
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private void read() {
        try (var bytes = unpacked()) {
            var event = new HashMap<String, String>();
            for (var line = line(bytes); line != null; line = line(bytes)) {
                var colon = line.indexOf(':');
                if (colon > 0) {
                    event.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                } else if (event.containsKey("data")) {
                    seen.add(new Event(event.get("event"), event.get("id"), json(event.get("data"))));
                    event.clear();
                }
            }
        } catch (IOException closed) {
            // the test has seen enough
        }
    }

    /** Byte by byte: a reader of text would wait for more than a line. */
    private static String line(InputStream bytes) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = bytes.read(); next != '\n'; next = bytes.read()) {
            if (next < 0) {
                return null;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private InputStream unpacked() throws IOException {
        return new BufferedInputStream("gzip".equals(header("content-encoding")) ? new GZIPInputStream(body) : body);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }

    /** The first that fits, waited for. */
    public Event await(String name, Predicate<JsonNode> which) {
        return Awaitility.await(name)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> seen.stream()
                                .filter(event -> event.name().equals(name) && which.test(event.data()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    public Event await(String name) {
        return await(name, data -> true);
    }

    /** The data of all of these so far. */
    public List<JsonNode> all(String name) {
        return seen.stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .toList();
    }

    public List<Event> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
