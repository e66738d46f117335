package dev.sluice.gate.source;

import dev.sluice.gate.config.KnownSettings;
import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.http.Connections;
import dev.sluice.gate.source.json.HttpJsonSource;
import dev.sluice.gate.source.prometheus.PrometheusSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Providers as a configuration file makes them, without Quarkus around them. */
public final class Asked implements AutoCloseable {
    public static final Duration LONG = Duration.ofSeconds(30);

    public final MetricProviders providers;

    private Asked(MetricProviders providers) {
        this.providers = providers;
    }

    /** @param settings below {@code sluice.gate.providers} */
    public static Asked with(Map<String, String> settings) {
        var properties = new HashMap<String, String>();
        settings.forEach((key, value) -> properties.put("sluice.gate.providers." + key, value));
        return of(properties);
    }

    /** @param properties with their whole names */
    public static Asked of(Map<String, String> properties) {
        return by(new PropertiesConfigSource(properties, "test", 1000));
    }

    public static Asked by(ConfigSource source) {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ProvidersConfig.class)
                .withValidateUnknown(false)
                .withSources(source)
                .build();
        var unused = new KnownSettings(config);
        return new Asked(new MetricProviders(
                List.of(new PrometheusSource(), new HttpJsonSource()),
                config.getConfigMapping(ProvidersConfig.class),
                new Connections(name -> Optional.empty())));
    }

    public static Question question(String query, Map<String, String> variables) {
        var to = Instant.parse("2026-11-30T10:05:00Z");
        return new Question(query, to.minusSeconds(300), to, Duration.ofSeconds(60), variables);
    }

    public Answer answer(String provider, String query) {
        return answer(provider, question(query, Map.of()), LONG);
    }

    public Answer answer(String provider, Question question, Duration within) {
        try {
            return providers
                    .ask(provider, question, within)
                    .toCompletableFuture()
                    .get(2 * LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer at all", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        providers.close();
    }
}
