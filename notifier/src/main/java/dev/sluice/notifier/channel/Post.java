package dev.sluice.notifier.channel;

import dev.sluice.notifier.config.ConfiguredText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON and says what it came to. The operator configures where to; no redirect is followed, since what is sent and the URL
 * itself may be secrets.
 */
final class Post {
    private static final int ANSWER_BYTES = 300;
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    /** The message is at fault, or its receiver is gone for good. */
    private static final Set<Integer> FINAL = Set.of(400, 410, 413, 422);

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout of a whole try, the answer's body included */
    Post(Duration timeout) {
        this.timeout = timeout;
        // an upgrade to HTTP/2 would be asked for in plain text, which some receivers refuse
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    Outcome json(ConfiguredText url, Map<String, String> headers, byte[] body) {
        URI uri;
        try {
            uri = uri(url.now());
        } catch (IOException e) {
            return new Outcome.Later("its URL can't be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return new Outcome.Later(e.getMessage());
        }
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("User-Agent", "sluice");
        headers.forEach(request::header);
        return sent(request.POST(BodyPublishers.ofByteArray(body)).build());
    }

    /** @throws IllegalArgumentException without the text, which may be a secret */
    static URI uri(String text) {
        try {
            var uri = new URI(text.strip());
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException("its URL must begin with http:// or https:// and a host");
            }
            return uri;
        } catch (URISyntaxException e) {
            // its own words quote the text
            throw new IllegalArgumentException("its URL is none: " + e.getReason());
        }
    }

    private Outcome sent(HttpRequest request) {
        var answer = client.sendAsync(request, info -> new Beginning(ANSWER_BYTES));
        try {
            return outcome(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), request.uri());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Outcome.Later("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            var cause = e.getCause();
            var words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return new Outcome.Later("not reached: " + scrubbed(words, request.uri()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Later("the notifier stops");
        }
    }

    private static Outcome outcome(HttpResponse<String> answer, URI uri) {
        var status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return new Outcome.Sent();
        }
        if (status >= 300 && status < 400) {
            return new Outcome.Refused("status " + status + ": it sends elsewhere, which is not followed");
        }
        var words = "status " + status + said(answer.body(), uri);
        return FINAL.contains(status) ? new Outcome.Refused(words) : new Outcome.Later(words, rest(answer));
    }

    private static String said(String body, URI uri) {
        var line = scrubbed(body.replaceAll("\\p{Cntrl}+", " ").strip(), uri);
        return line.isEmpty() ? "" : ": " + line;
    }

    /** Whoever is asked may repeat where; of Slack's and Teams' URLs all behind the host is secret. */
    private static String scrubbed(String text, URI uri) {
        var clean = text;
        for (var secret : new String[] {uri.getRawQuery(), uri.getRawPath(), uri.getPath()}) {
            clean = secret == null || secret.length() < 2 ? clean : clean.replace(secret, "•••");
        }
        for (var part : (uri.getRawPath() == null ? "" : uri.getRawPath()).split("/")) {
            clean = part.length() < 8 ? clean : clean.replace(part, "•••");
        }
        return clean;
    }

    /** {@code Retry-After} in seconds; as a date, which nobody here sends, it is left out. */
    private static Duration rest(HttpResponse<?> answer) {
        var seconds = answer.headers().firstValue("Retry-After").orElse("");
        var rest = seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }
}
