package dev.sluice.sandbox.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Stands where a mesh's sidecars would: sends every request to one of the backends by the newest weights of the split,
 * and measures what comes back, by the version that answered.
 */
final class WeightedProxy implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final SplitWatch split;
    private final Map<String, Backend> backends;
    private final String withoutSplit;
    private final Runnable onError;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private Map<String, Tally> tallies = new HashMap<>();

    /**
     * @param backends by Service
     * @param withoutSplit the Service that gets everything while there is no split
     * @param onError told of every request that failed, after it was counted
     */
    WeightedProxy(SplitWatch split, Map<String, Backend> backends, String withoutSplit, Runnable onError) {
        this.split = split;
        this.backends = Map.copyOf(backends);
        this.withoutSplit = withoutSplit;
        this.onError = onError;
        this.server = Http.serve(this::pass);
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /** What was measured since the last call, by version. */
    synchronized Map<String, Tally> take() {
        var taken = tallies;
        tallies = new HashMap<>();
        return taken;
    }

    private void pass(HttpExchange exchange) throws IOException {
        var service = split.newest()
                .map(weights -> weights.pick(ThreadLocalRandom.current().nextDouble()))
                .orElse(withoutSplit);
        var began = System.nanoTime();
        try {
            var request = HttpRequest.newBuilder(backends.get(service).address())
                    .timeout(ANSWER_LIMIT)
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            response.headers()
                    .firstValue(Backend.VERSION)
                    .ifPresent(version -> measured(version, response.statusCode(), System.nanoTime() - began));
            Http.answer(exchange, response.statusCode(), response.body());
        } catch (IOException unreachable) {
            Http.answer(exchange, 502, "no answer from " + service + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measured(String version, int code, long nanos) {
        synchronized (this) {
            tallies.put(version, tallies.getOrDefault(version, Tally.empty()).plus(code, nanos / 1e6));
        }
        if (code >= 500) {
            onError.run();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }
}
