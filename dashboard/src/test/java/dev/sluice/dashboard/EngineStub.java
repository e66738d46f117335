package dev.sluice.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An engine that answers what a test expects of it, and keeps what it was asked. */
public final class EngineStub implements QuarkusTestResourceLifecycleManager {
    /** One request as it came in, header names in lower case. */
    record Asked(String method, String uri, Map<String, String> headers, String body) {}

    static final List<Asked> ASKED = new CopyOnWriteArrayList<>();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "sluice.dashboard.engine.url",
                "http://localhost:" + server.getAddress().getPort() + "/",
                "sluice.dashboard.engine.answer-within",
                "PT1S",
                "sluice.dashboard.engine.longest-answer",
                "10K");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI().toString();
        ASKED.add(new Asked(exchange.getRequestMethod(), uri, headers, body));
        switch (exchange.getRequestURI().getPath()) {
            case "/api/freezes" -> say(exchange, 200, "[{\"id\":\"f1\",\n\"actor\":\"alice\"}]");
            case "/api/commands" -> say(exchange, 202, "{\"id\":\"c1\"}");
            case "/api/rollouts/shop/secret" -> {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer");
                exchange.getResponseHeaders().add("Set-Cookie", "engine=1");
                say(exchange, 401, "{\"error\":\"No valid token\"}");
            }
            case "/api/history/shop/silent" -> awaitEnd();
            case "/api/history/shop/endless" -> say(exchange, 200, " ".repeat(20_000));
            default -> say(exchange, 404, "{\"error\":\"Nothing is known of that\"}");
        }
        exchange.close();
    }

    private void awaitEnd() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void stop() {
        stopped.countDown();
        server.stop(0);
    }
}
