package dev.sluice.dashboard.engine;

import dev.sluice.dashboard.config.DashboardConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The engine's HTTP, asked in the name of whoever asks here. Calls block. */
@ApplicationScoped
public class EngineClient {
    private static final List<String> PASSED_BACK = List.of("Content-Type", "WWW-Authenticate", "Retry-After");

    private final DashboardConfig.Engine config;
    private final HttpClient http;

    EngineClient(DashboardConfig config) {
        this.config = config.dashboard().engine();
        this.http = HttpClient.newBuilder()
                .connectTimeout(this.config.connectWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Where it is asked. */
    public URI url() {
        return config.url();
    }

    /** @throws EngineAway where no answer comes */
    public EngineAnswer ask(EngineRequest request) throws EngineAway, InterruptedException {
        return ask(request, config.answerWithin());
    }

    /** The same with less patience. */
    public EngineAnswer ask(EngineRequest request, Duration within) throws EngineAway, InterruptedException {
        var answer = http.sendAsync(
                written(request),
                head -> new LimitedBody(Math.toIntExact(config.longestAnswer().asLongValue())));
        try {
            return answered(answer.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new EngineAway("no answer within " + within.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new EngineAway(words(e.getCause()), e.getCause());
        } finally {
            // whoever asked has stopped waiting; a call that is over is not touched by it
            answer.cancel(true);
        }
    }

    private HttpRequest written(EngineRequest request) {
        var base = config.url().toString();
        var written = HttpRequest.newBuilder(
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.path()));
        if (request.authorization() != null) {
            written.header("Authorization", request.authorization());
        }
        if (request.contentType() != null) {
            written.header("Content-Type", request.contentType());
        }
        return written.method(request.method(), request.body()).build();
    }

    private static EngineAnswer answered(HttpResponse<byte[]> response) {
        var headers = new LinkedHashMap<String, String>();
        PASSED_BACK.forEach(name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
        return new EngineAnswer(response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
    }

    private static String words(Throwable failure) {
        return switch (failure) {
            case ConnectException e -> "nothing listens there";
            case HttpTimeoutException e -> "no connection in time";
            default -> String.valueOf(failure.getMessage());
        };
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
