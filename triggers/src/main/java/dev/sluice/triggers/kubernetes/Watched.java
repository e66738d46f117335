package dev.sluice.triggers.kubernetes;

import dev.sluice.triggers.kafka.News;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which resources are about which application, so that news of it reaches them. Thread-safe. */
@Singleton
class Watched {
    private final Map<String, Set<ResourceID>> resources = new ConcurrentHashMap<>();
    private final SimpleInboundEventSource<SluiceRollout> source = new SimpleInboundEventSource<>("news");

    Watched(News news) {
        news.listen(application -> resources.getOrDefault(application, Set.of()).forEach(source::propagateEvent));
    }

    SimpleInboundEventSource<SluiceRollout> source() {
        return source;
    }

    void add(String application, ResourceID resource) {
        resources
                .computeIfAbsent(application, any -> ConcurrentHashMap.newKeySet())
                .add(resource);
    }

    void remove(String application, ResourceID resource) {
        resources.computeIfPresent(application, (any, known) -> {
            known.remove(resource);
            return known.isEmpty() ? null : known;
        });
    }
}
