package dev.sluice.bench.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Nothing but {@code java.net.http}, with the credentials of a kubeconfig. */
final class BareClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String server;
    private final HttpClient http;

    BareClient(String kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig);
        server = config.getMasterUrl().replaceAll("/$", "");
        http = HttpClient.newBuilder().sslContext(certificates(config)).build();
    }

    private static SSLContext certificates(Config config) {
        try {
            return SSLUtils.sslContext(config);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot read the kubeconfig's certificates", e);
        }
    }

    ObjectNode get(String path) throws InterruptedException {
        return send(request(path).GET().build());
    }

    /** @return the object as the API server has it now */
    ObjectNode put(String path, ObjectNode object) throws InterruptedException {
        var body = HttpRequest.BodyPublishers.ofString(object.toString());
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(body)
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(LIMIT);
    }

    private ObjectNode send(HttpRequest request) throws InterruptedException {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("%s %s: %d %s"
                        .formatted(
                                request.method(),
                                request.uri(),
                                answer.statusCode(),
                                new String(answer.body(), StandardCharsets.UTF_8)));
            }
            return (ObjectNode) Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + request.uri() + " failed", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
