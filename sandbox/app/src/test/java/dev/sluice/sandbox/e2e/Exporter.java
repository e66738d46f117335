package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What Prometheus scrapes: one gauge per revision of an application, as the test sets it. */
final class Exporter {
    private final HttpServer server;
    private final Map<String, Double> gauges = new ConcurrentHashMap<>();

    Exporter() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/metrics", exchange -> {
            var text = gauges.entrySet().stream()
                    .map(gauge -> gauge.getKey() + " " + gauge.getValue() + "\n")
                    .collect(Collectors.joining())
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
    }

    String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    void set(String application, String revision, double value) {
        gauges.put("e2e_trouble{application=\"" + application + "\",revision=\"" + revision + "\"}", value);
    }
}
