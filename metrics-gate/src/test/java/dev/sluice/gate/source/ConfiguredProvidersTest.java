package dev.sluice.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In the running gate: sources found by CDI, providers by the configuration, certificates by Quarkus' TLS registry. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@WithTestResource(SecureServer.class)
class ConfiguredProvidersTest {
    @Inject
    MetricProviders providers;

    @Test
    void showsAndChecksCertificates() throws Exception {
        // given / when / then
        assertThat(providers.names()).containsExactly("anonymous", "distrustful", "known");
        assertThat(ask("known")).isEqualTo(new Answer.Found(1, Answer.UNKNOWN));
        assertFails("anonymous");
        assertFails("distrustful");
    }

    private void assertFails(String provider) throws Exception {
        assertThat(ask(provider)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.words()).contains("could not be asked");
            assertThat(failed.retryable()).isTrue();
        });
    }

    private Answer ask(String provider) throws Exception {
        return providers
                .ask(provider, Asked.question("1", Map.of()), Duration.ofSeconds(2))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }
}
