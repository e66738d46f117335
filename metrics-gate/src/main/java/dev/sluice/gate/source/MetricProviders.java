package dev.sluice.gate.source;

import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.http.Connections;
import dev.sluice.gate.source.http.Http;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The configured providers: whoever has a question names one, and is told its answer later. */
@Singleton
@Startup
public class MetricProviders implements AutoCloseable {
    private final Map<String, Lane> lanes = new TreeMap<>();

    /** @throws IllegalArgumentException where a provider's settings are wrong: the gate does not start with them */
    public MetricProviders(@All List<MetricSource> sources, ProvidersConfig config, Connections connections) {
        var known = new TreeMap<String, MetricSource>();
        sources.forEach(source -> known.put(source.word(), source));
        config.providers().forEach((name, settings) -> {
            try {
                lanes.put(name, lane(name, settings, known, connections));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sluice.gate.providers.\"" + name + "\": " + e.getMessage(), e);
            }
        });
    }

    private static Lane lane(
            String name,
            ProvidersConfig.Provider settings,
            Map<String, MetricSource> sources,
            Connections connections) {
        var source = sources.get(settings.type());
        if (source == null) {
            throw new IllegalArgumentException(
                    "type " + settings.type() + " is none of " + String.join(", ", sources.keySet()));
        }
        if (settings.inFlight() < 1 || settings.waiting() < 0) {
            throw new IllegalArgumentException("in-flight must be 1 or more, waiting 0 or more");
        }
        if (settings.timeout().isNegative() || settings.timeout().isZero()) {
            throw new IllegalArgumentException("timeout must be longer than nothing");
        }
        var provider = source.configure(settings, new Http(connections.open(settings), settings));
        return new Lane(name, provider, settings.inFlight(), settings.waiting());
    }

    /** The names that queries may say. */
    public Set<String> names() {
        return new TreeSet<>(lanes.keySet());
    }

    /**
     * Asks and returns at once. The answer comes on a thread of its own, within the time given and a moment, and always
     * comes: an outage is an answer too.
     *
     * @param within how long it may be tried, again and again where that may help
     */
    public CompletionStage<Answer> ask(String provider, Question question, Duration within) {
        var lane = lanes.get(provider);
        if (lane == null) {
            var others = lanes.isEmpty() ? "none is configured" : "configured are " + String.join(", ", lanes.keySet());
            return CompletableFuture.completedFuture(
                    new Answer.Failed("there is no metric provider " + provider + "; " + others, false));
        }
        return lane.ask(question, within);
    }

    /** How a question is put to a provider; empty where it can't be. */
    public Optional<String> text(String provider, Question question) {
        return Optional.ofNullable(lanes.get(provider)).flatMap(lane -> lane.text(question));
    }

    @PreDestroy
    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
    }
}
