package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.core.Failure.Kind;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    @ParameterizedTest
    @ValueSource(ints = {404, 409})
    @DisplayName("B19 a conflict, or an object that is gone, asks for another look")
    void looksAgain(int code) {
        assertThat(Failures.of(answer(code)).kind()).isEqualTo(Kind.OUTDATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 422, 500})
    @DisplayName("B19 every other refusal waits, and says what the server said")
    void waits(int code) {
        // when
        var failure = Failures.of(answer(code));

        // then
        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure.reason()).contains(Integer.toString(code), "because");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    @DisplayName("B39: an overloaded server is away for every call, not for one")
    void isAway(int code) {
        assertThat(Failures.of(answer(code)).kind()).isEqualTo(Kind.AWAY);
    }

    @Test
    @DisplayName("B19 the server's own wish for a wait is heard")
    void hearsRetryAfter() {
        // given
        var status = new StatusBuilder()
                .withCode(429)
                .withNewDetails()
                .withRetryAfterSeconds(7)
                .endDetails()
                .build();

        // when
        var failure = Failures.of(new KubernetesClientException("busy", 429, status));

        // then
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("B19 silence is a failure like any other")
    void takesSilenceAsFailure() {
        // given
        var silence = new KubernetesClientException("connection refused", new IOException("connection refused"));

        // when
        var failure = Failures.of(silence);

        // then
        assertThat(failure.kind()).isEqualTo(Kind.AWAY);
        assertThat(failure.reason()).isEqualTo("the API server can't be reached");
    }

    private static KubernetesClientException answer(int code) {
        return new KubernetesClientException(
                "no",
                code,
                new StatusBuilder().withCode(code).withMessage("because").build());
    }
}
