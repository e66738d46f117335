package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Failure;
import dev.sluice.schemas.message.Cut;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;

/** What an answer of the API server, or its silence, means for a write. */
final class Failures {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private Failures() {}

    static Failure of(RuntimeException error) {
        if (!(error instanceof KubernetesClientException answer)) {
            return Failure.failed("Sluice failed on it, see its log: " + error);
        }
        if (answer.getCode() <= 0) {
            return Failure.away("the API server can't be reached", Duration.ZERO);
        }
        return switch (answer.getCode()) {
            case CONFLICT -> Failure.outdated("the object keeps changing");
            // Gone since it was looked at, or its kind or namespace is: the next look tells.
            case NOT_FOUND -> Failure.outdated("the API server knows no such object, kind or namespace");
            case TOO_MANY, UNAVAILABLE -> Failure.away("the API server answered " + words(answer), retryAfter(answer));
            default -> new Failure(Failure.Kind.FAILED, "the API server answered " + words(answer), retryAfter(answer));
        };
    }

    private static String words(KubernetesClientException answer) {
        var message = Optional.ofNullable(answer.getStatus())
                .map(status -> status.getMessage())
                .filter(text -> !text.isBlank())
                .map(text -> ": " + text);
        return answer.getCode() + message.map(text -> Cut.to(500, text)).orElse("");
    }

    private static Duration retryAfter(KubernetesClientException answer) {
        return Optional.ofNullable(answer.getStatus())
                .map(status -> status.getDetails())
                .map(details -> details.getRetryAfterSeconds())
                .map(Duration::ofSeconds)
                .map(RetryAfter::capped)
                .orElse(Duration.ZERO);
    }
}
