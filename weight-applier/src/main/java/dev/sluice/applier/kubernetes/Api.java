package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.mesh.Document;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Single requests of the API server, as documents: no detour through typed objects, and of a 404 the words by which an
 * object that isn't there differs from a path that isn't served. Blocks until the answer is here, or overdue.
 */
final class Api {
    private static final String JSON = "application/json";
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Duration timeout;

    Api(KubernetesClient client, ApplierSettings settings) {
        this.client = client;
        this.timeout = settings.kubernetes().requestTimeout();
    }

    /**
     * @param path below the API server's address, from its first slash
     * @param body null for none
     * @throws KubernetesClientException for every answer but a success, and for none; the code of the latter is 0
     */
    Document send(String method, String path, Object body) {
        var text = body == null ? null : client.getKubernetesSerialization().asJson(body);
        return new Document(json(content(answer(request(path).method(method, JSON, text)))));
    }

    /**
     * @param accept the media types to ask for
     * @throws KubernetesClientException as {@link #send}
     */
    String read(String path, String accept) {
        return content(answer(request(path).header("Accept", accept)));
    }

    private HttpRequest.Builder request(String path) {
        var base = client.getConfiguration().getMasterUrl();
        return client.getHttpClient().newHttpRequestBuilder().uri(base.substring(0, base.length() - 1) + path);
    }

    private String content(HttpResponse<byte[]> response) {
        var content = response.body() == null ? "" : new String(response.body(), StandardCharsets.UTF_8);
        if (!response.isSuccessful()) {
            var status = waiting(status(response.code(), content), RetryAfter.in(response));
            throw new KubernetesClientException(status.getMessage(), response.code(), status);
        }
        return content;
    }

    /** Whether the API server knows the path, and only the object isn't there: then its answer names the object. */
    static boolean isUnserved(KubernetesClientException error) {
        var status = error.getStatus();
        return error.getCode() == NOT_FOUND
                && status != null
                && !status.getMessage().isBlank()
                && (status.getDetails() == null || status.getDetails().getName() == null);
    }

    private HttpResponse<byte[]> answer(HttpRequest.Builder request) {
        var limited = request.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).build();
        var future = client.getHttpClient().sendAsync(limited, byte[].class);
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KubernetesClientException("no answer", e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new KubernetesClientException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            throw new KubernetesClientException("stopped", e);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> json(String content) {
        return client.getKubernetesSerialization().unmarshal(content, Map.class);
    }

    /** Servers say it in the answer's body; those in front of them, in its head. */
    private static Status waiting(Status status, Duration wish) {
        var details = status.getDetails();
        var said = details == null || details.getRetryAfterSeconds() == null ? 0 : details.getRetryAfterSeconds();
        return wish.toSeconds() <= said
                ? status
                : new StatusBuilder(status)
                        .editOrNewDetails()
                        .withRetryAfterSeconds((int) wish.toSeconds())
                        .endDetails()
                        .build();
    }

    private Status status(int code, String content) {
        try {
            var status = client.getKubernetesSerialization().unmarshal(content, Status.class);
            if (status != null && status.getMessage() != null) {
                return status;
            }
        } catch (RuntimeException notAStatus) {
            // proxies, and the API server for paths it doesn't serve, answer with text
        }
        return new StatusBuilder().withCode(code).withMessage(content.strip()).build();
    }
}
