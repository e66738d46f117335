package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.core.Failure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LateClientTest {
    private final CompletableFuture<KubernetesClient> program = new CompletableFuture<>();

    @Test
    @DisplayName(
            "B39 while a program for credentials hangs, calls fail as in an outage; once it has ended they are made")
    void failsUntilItIsThere() {
        // given
        var client = LateClient.of("us", program::join, Duration.ofMillis(1));

        // when
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(client::getNamespace)
                .satisfies(failure -> assertThat(Failures.of(failure).kind()).isEqualTo(Failure.Kind.AWAY));
        program.complete(client("shop"));

        // then
        await().ignoreExceptions().until(() -> client.getNamespace().equals("shop"));
        client.close();
    }

    @Test
    @DisplayName("what the client throws is what the caller sees")
    void throwsWhatTheClientThrows() {
        // given
        var direct = client("shop");
        program.complete(direct);
        var client = LateClient.of("us", program::join, Duration.ofMinutes(1));

        // when
        var thrown = catchThrowable(() -> client.resource("not: [an object"));

        // then
        assertThat(thrown).hasSameClassAs(catchThrowable(() -> direct.resource("not: [an object")));
        client.close();
    }

    @Test
    @DisplayName("one that comes after the end is closed")
    void closesWhatComesTooLate() {
        // given
        var client = LateClient.of("us", program::join, Duration.ofMinutes(1));
        var late = client("shop");

        // when
        client.close();
        program.complete(late);

        // then
        await().until(() -> late.getHttpClient().isClosed());
    }

    private static KubernetesClient client(String namespace) {
        var config = Config.empty();
        config.setNamespace(namespace);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
