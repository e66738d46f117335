package dev.sluice.engine.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request and its answer over HTTP/1.1, to the very address that was looked at; the name is for TLS and {@code Host}. Each on
 * a connection of its own: calls are few, and none meets another's. Follows no redirect.
 */
final class Exchange {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final HttpClient client;
    private final int longestBody;

    Exchange(Vertx vertx, int mostAtOnce, int longestBody) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setMaxPoolSize(mostAtOnce));
        this.longestBody = longestBody;
    }

    /** @param body null for none */
    record Request(String method, URI url, Map<String, String> headers, String body) {}

    /**
     * @param headers values by name in lower case
     * @param isCut whether the body goes on beyond what was read
     */
    record Response(int status, Map<String, String> headers, String body, boolean isCut) {}

    /**
     * The whole answer, of any status.
     *
     * @throws Uncallable where there is none within this time
     */
    Response send(Request request, InetAddress address, Duration within) throws Uncallable, InterruptedException {
        var sent = new AtomicReference<HttpClientRequest>();
        var answer = client.request(options(request, address, within))
                .compose(begun -> {
                    sent.set(begun);
                    request.headers().forEach(begun::putHeader);
                    return request.body() == null ? begun.send() : begun.send(Buffer.buffer(request.body()));
                })
                .compose(this::whole);
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Uncallable("gave no whole answer within " + within.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new Uncallable("could not be called: " + words(e.getCause()));
        } finally {
            if (!answer.isComplete()) {
                answer.onComplete(late -> reset(sent.get()));
                reset(sent.get());
            }
        }
    }

    private static void reset(HttpClientRequest begun) {
        if (begun != null) {
            begun.reset();
        }
    }

    private static RequestOptions options(Request request, InetAddress address, Duration within) {
        var url = request.url();
        var isSecure = url.getScheme().toLowerCase(Locale.ROOT).equals("https");
        var port = url.getPort() > 0 ? url.getPort() : isSecure ? HTTPS_PORT : HTTP_PORT;
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(isSecure)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setConnectTimeout(Math.max(1, within.toMillis()));
    }

    /** Reads no further than the longest body. */
    private Future<Response> whole(HttpClientResponse response) {
        var whole = Promise.<Response>promise();
        var body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(response(response, body, false)));
        response.handler(chunk -> {
            var room = longestBody - body.length();
            body.appendBuffer(chunk.length() <= room ? chunk : chunk.slice(0, Math.max(0, room)));
            if (chunk.length() > room && whole.tryComplete(response(response, body, true))) {
                response.request().reset();
            }
        });
        return whole.future();
    }

    private static Response response(HttpClientResponse response, Buffer body, boolean isCut) {
        var headers = new TreeMap<String, String>();
        response.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (one, more) -> one + ", " + more));
        return new Response(response.statusCode(), headers, body.toString(StandardCharsets.UTF_8), isCut);
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    void close() {
        var unused = client.close();
    }
}
