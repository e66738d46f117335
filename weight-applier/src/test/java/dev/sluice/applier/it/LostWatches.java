package dev.sluice.applier.it;

import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Watches that were begun while nobody answers any. */
final class LostWatches {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();
    private volatile boolean isOn;

    void begin() {
        isOn = true;
    }

    /** Whether this one waits from now on. */
    boolean takes(HttpServerRequest request) {
        return isOn && waiting.add(request);
    }

    void awaitOne(String resource) {
        await("a watch of " + resource + " that is begun anew")
                .atMost(LIMIT)
                .until(() -> waiting.stream().anyMatch(request -> isOf(request, resource)));
    }

    /**
     * They are answered again: those of the resource come too late.
     *
     * @param others what becomes of those of other resources
     * @return how many came too late
     */
    int end(String resource, Gone how, Consumer<HttpServerRequest> others) {
        isOn = false;
        var all = List.copyOf(waiting);
        waiting.clear();
        all.stream().filter(request -> !isOf(request, resource)).forEach(others);
        var tooLate = all.stream().filter(request -> isOf(request, resource)).toList();
        tooLate.forEach(how::answer);
        return tooLate.size();
    }

    private static boolean isOf(HttpServerRequest request, String resource) {
        return request.path().endsWith("/" + resource);
    }
}
