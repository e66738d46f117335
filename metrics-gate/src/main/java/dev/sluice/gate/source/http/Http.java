package dev.sluice.gate.source.http;

import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.Question;
import dev.sluice.gate.source.Quoting;
import dev.sluice.gate.source.Template;
import dev.sluice.gate.source.Unanswered;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One provider's way out: its headers and secrets, how long it may take and how much it may say. */
public final class Http {
    private final HttpClient client;
    private final Authorization authorization;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, SecretValue> secrets = new LinkedHashMap<>();
    private final Duration timeout;
    private final int limit;

    /** @throws IllegalArgumentException says which setting is missing or wrong */
    public Http(HttpClient client, ProvidersConfig.Provider settings) {
        this.client = client;
        this.authorization = Authorization.of(settings.auth());
        this.timeout = settings.timeout();
        this.limit = settings.maxResponseBytes();
        settings.headers().forEach((name, header) -> {
            check(name);
            if (SecretValue.isNamed(header)) {
                secrets.put(name, SecretValue.of(header, "headers." + name));
            } else {
                headers.put(
                        name,
                        header.value()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "headers." + name + " needs `value`, or a secret: `key` or `file`")));
            }
        });
    }

    /** Some are the client's own: Host, Content-Length and others. */
    private static void check(String name) {
        try {
            HttpRequest.newBuilder().setHeader(name, "");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("headers." + name + " cannot be set", e);
        }
    }

    /**
     * Sends a request and waits for the whole answer, of any status. Redirects are answers too.
     *
     * @param question fills in the templates of headers
     */
    public Reply send(Call call, Question question, Duration within) throws Unanswered, InterruptedException {
        var sent = client.sendAsync(request(call, question), head -> new LimitedBody(limit));
        var patience = within.compareTo(timeout) < 0 ? within : timeout;
        try {
            var response = sent.get(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
            return reply(response);
        } catch (TimeoutException e) {
            throw Unanswered.yet(
                    call.uri().getAuthority() + " gave no whole answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw unanswered(call, e.getCause());
        } finally {
            giveUp(sent);
        }
    }

    /** Ends the exchange where it still goes on. */
    private static void giveUp(CompletableFuture<?> sent) {
        if (!sent.isDone()) {
            sent.cancel(true);
        }
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private static Unanswered unanswered(Call call, Throwable cause) {
        if (rootOf(cause) instanceof LimitedBody.TooLong tooLong) {
            return Unanswered.ever(call.uri().getAuthority() + ": " + tooLong.getMessage());
        }
        if (cause instanceof IOException) {
            var words = cause.getMessage() == null ? "" : ", " + cause.getMessage();
            return Unanswered.yet(call.uri().getAuthority() + " could not be asked ("
                    + cause.getClass().getSimpleName() + words + ")");
        }
        throw new IllegalStateException("the HTTP client broke", cause);
    }

    private static Throwable rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private HttpRequest request(Call call, Question question) throws Unanswered {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (call.body() != null) {
            all.put("Content-Type", call.contentType());
        }
        for (var header : headers.entrySet()) {
            all.put(header.getKey(), Template.render(header.getValue(), Quoting.PLAIN, question.names()));
        }
        for (var secret : secrets.entrySet()) {
            all.put(secret.getKey(), secret.getValue().now());
        }
        authorization.authorize(call, all);
        var body = call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
        var request = HttpRequest.newBuilder(call.uri()).method(call.method(), body);
        try {
            all.forEach(request::setHeader);
        } catch (IllegalArgumentException e) {
            // the client's words show the value
            throw Unanswered.ever("a header or its secret has characters that no header may have");
        }
        return request.build();
    }
}
