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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Stands where a mesh's sidecars would: sends every request to one of the backends by the newest weights, and
 * measures what comes back, by the version that answered.
 */
final class WeightedProxy implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final ShopWeights weights;
    private final Map<String, Backend> backends;
    private final String withoutRoute;
    private final Runnable onError;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private Map<String, Tally> tallies = new HashMap<>();

    /**
     * @param backends by Service
     * @param withoutRoute the Service that gets everything while there is no route
     * @param onError told of every request that failed, after it was counted
     */
    WeightedProxy(ShopWeights weights, Map<String, Backend> backends, String withoutRoute, Runnable onError) {
        this.weights = weights;
        this.backends = Map.copyOf(backends);
        this.withoutRoute = withoutRoute;
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
        var newest = weights.newest();
        var kept = newest.flatMap(
                split -> split.keptAt(exchange.getRequestHeaders().getFirst("Cookie")));
        var service = kept.orElseGet(() -> service(newest));
        if (service == null || !backends.containsKey(service)) {
            Http.answer(exchange, 503, "the route leads to " + service + ", which is not of this shop\n");
            return;
        }
        var began = System.nanoTime();
        try {
            var request = HttpRequest.newBuilder(backends.get(service).address())
                    .timeout(ANSWER_LIMIT)
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            response.headers()
                    .firstValue(Backend.VERSION)
                    .ifPresent(version -> measured(version, response.statusCode(), System.nanoTime() - began));
            if (kept.isEmpty()) {
                newest.map(split -> split.cookies().get(service))
                        .ifPresent(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
            }
            Http.answer(exchange, response.statusCode(), response.body());
        } catch (IOException unreachable) {
            Http.answer(exchange, 502, "no answer from " + service + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null where no backend has any weight. */
    private String service(Optional<Split> newest) {
        return newest.isEmpty()
                ? withoutRoute
                : newest.get().pick(ThreadLocalRandom.current().nextDouble());
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
