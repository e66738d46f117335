package dev.sluice.triggers.kubernetes;

import dev.sluice.triggers.kafka.News;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which objects are about which application, so that news of it reaches them. Thread-safe. */
final class Watched<P extends HasMetadata> {
    private final Map<String, Set<ResourceID>> resources = new ConcurrentHashMap<>();
    private final SimpleInboundEventSource<P> source = new SimpleInboundEventSource<>("news");

    Watched(News news) {
        news.listen(application -> resources.getOrDefault(application, Set.of()).forEach(source::propagateEvent));
    }

    SimpleInboundEventSource<P> source() {
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
