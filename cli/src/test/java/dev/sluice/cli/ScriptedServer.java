package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that answers as a test says: for each method and path one answer after the other, the last one for good. */
final class ScriptedServer implements AutoCloseable {
    record Answer(int status, String body) {}

    /** @param line its method, path and query */
    record Request(String line, String authorization, String body) {
        JsonNode json() {
            try {
                return Json.mapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** @param what such as {@code GET /api/rollouts} */
    ScriptedServer on(String what, int status, Object body) {
        answers.computeIfAbsent(what, line -> new ArrayDeque<>()).add(new Answer(status, text(body)));
        return this;
    }

    private static String text(Object body) {
        try {
            return body instanceof String text ? text : Json.mapper().writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those for this method and path. */
    List<Request> requests(String what) {
        return requests.stream()
                .filter(request -> request.line().split("\\?", 2)[0].equals(what))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        var query = exchange.getRequestURI().getRawQuery();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                what + (query == null ? "" : "?" + query),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body));
        var answer = next(what);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Answer next(String what) {
        var left = answers.getOrDefault(what, new ArrayDeque<>());
        if (left.isEmpty()) {
            return new Answer(404, "{\"error\":\"nothing is known of " + what + "\"}");
        }
        return left.size() == 1 ? left.peek() : left.poll();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
