package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody whom rollouts call, who accepts the call at once and calls back when the test says so. */
final class SmokeTests implements AutoCloseable {
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** One that came in. */
    record Call(String target, String callback, String authorization, String key) {}

    SmokeTests() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/run", this::accept);
        server.start();
    }

    private void accept(HttpExchange exchange) throws IOException {
        var body = Json.mapper().readTree(exchange.getRequestBody());
        var headers = exchange.getRequestHeaders();
        calls.add(new Call(
                body.get("target").asText(),
                body.get("callback").asText(),
                headers.getFirst("Authorization"),
                headers.getFirst("Idempotency-Key")));
        var answer = "{\"links\": [{\"name\": \"run\", \"url\": \"https://tests.example/run\"}]}".getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(202, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** @return the status of HTTP that the callback was answered with */
    static int callBack(Call call, boolean success) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var body = "{\"success\": %s, \"reason\": \"tests ran\"}".formatted(success);
            return client.send(
                            HttpRequest.newBuilder(URI.create(call.callback()))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
