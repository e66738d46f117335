package dev.sluice.sandbox.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** One deployment of the shop: answers with its version, after a few milliseconds, and fails as often as it is told to. */
public final class Backend implements AutoCloseable {
    static final String VERSION = "x-version";

    /**
     * What runs here.
     *
     * @param errorShare of requests answered with 500, 0 to 1
     */
    public record Deployment(String version, double errorShare) {}

    private final HttpServer server;
    private volatile Deployment deployed;

    public Backend(Deployment first) {
        deployed = first;
        server = Http.serve(this::answer);
    }

    /** Replaces what runs here, as a new rollout of a Deployment would. */
    public void deploy(Deployment next) {
        deployed = next;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var now = deployed;
        var random = ThreadLocalRandom.current();
        LockSupport.parkNanos(Duration.ofMillis(random.nextLong(1, 5)).toNanos());
        exchange.getResponseHeaders().set(VERSION, now.version());
        var fails = random.nextDouble() < now.errorShare();
        Http.answer(exchange, fails ? 500 : 200, "shop " + now.version() + "\n");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
