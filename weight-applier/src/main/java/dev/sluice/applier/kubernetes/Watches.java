package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Watches what routes depend on, namespace by namespace and only where there are routes. A watch that breaks is opened
 * again after a fresh list, so nothing that happened meanwhile is missed. Changes are told as CDI events.
 */
@ApplicationScoped
public class Watches {
    private static final String BY_SERVICE = "service";
    private static final long NO_RESYNC = 0;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final RoutingObjects objects;
    private final Event<ObjectChange> objectChanges;
    private final Event<EndpointsChange> endpointsChanges;
    private final ApiHealth health;
    private final Map<String, Watched> kinds = new ConcurrentHashMap<>();
    private final Map<String, SharedIndexInformer<EndpointSlice>> slices = new ConcurrentHashMap<>();

    public Watches(
            KubernetesClient client,
            RoutingObjects objects,
            Event<ObjectChange> objectChanges,
            Event<EndpointsChange> endpointsChanges,
            ApiHealth health) {
        this.client = client;
        this.objects = objects;
        this.objectChanges = objectChanges;
        this.endpointsChanges = endpointsChanges;
        this.health = health;
    }

    private record Watched(String version, SharedIndexInformer<GenericKubernetesResource> informer) {}

    /** @param document null once it was deleted */
    public record ObjectChange(Kind kind, String namespace, String name, Document document) {}

    public record EndpointsChange(String namespace, String service, int ready) {}

    /** Starts what is not watched yet and returns at once. */
    void watchObjects(Kind kind, String version, String namespace) {
        kinds.compute(kind.name() + "/" + namespace, (key, known) -> {
            if (known != null && known.version().equals(version)) {
                return known;
            }
            if (known != null) {
                known.informer().stop();
            }
            var informer = objects.of(kind, version).inNamespace(namespace).runnableInformer(NO_RESYNC);
            return new Watched(
                    version, started(kind.name() + " in " + namespace, informer, objectHandler(kind, namespace)));
        });
    }

    private ResourceEventHandler<GenericKubernetesResource> objectHandler(Kind kind, String namespace) {
        return handler(
                item -> objectChanges.fire(
                        new ObjectChange(kind, namespace, item.getMetadata().getName(), objects.document(item))),
                item -> objectChanges.fire(
                        new ObjectChange(kind, namespace, item.getMetadata().getName(), null)));
    }

    /** Starts what is not watched yet and returns at once. */
    void watchEndpoints(String namespace) {
        slices.computeIfAbsent(namespace, fresh -> {
            var informer = client.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(namespace)
                    .runnableInformer(NO_RESYNC)
                    .addIndexers(Map.of(BY_SERVICE, Watches::services));
            Consumer<EndpointSlice> changed = slice -> services(slice)
                    .forEach(service -> endpointsChanges.fire(new EndpointsChange(
                            namespace,
                            service,
                            ReadyEndpoints.count(informer.getIndexer().byIndex(BY_SERVICE, service)))));
            return started("endpointslices in " + namespace, informer, handler(changed, changed));
        });
    }

    /** Ready endpoints as the watch knows them; empty before its first list. */
    Optional<Integer> ready(String namespace, String service) {
        return Optional.ofNullable(slices.get(namespace))
                .filter(informer -> informer.hasSynced() && informer.isWatching())
                .map(informer -> ReadyEndpoints.count(informer.getIndexer().byIndex(BY_SERVICE, service)));
    }

    @PreDestroy
    void stop() {
        kinds.values().forEach(watched -> watched.informer().stop());
        slices.values().forEach(SharedIndexInformer::stop);
    }

    private static List<String> services(EndpointSlice slice) {
        var labels = slice.getMetadata().getLabels();
        var service = labels == null ? null : labels.get(ReadyEndpoints.SERVICE);
        return service == null ? List.of() : List.of(service);
    }

    /** A right that is missing keeps a watch from ever starting: it is said, and the watch is tried again all the same. */
    private <T> SharedIndexInformer<T> started(
            String what, SharedIndexInformer<T> informer, ResourceEventHandler<T> handler) {
        var told = informer.addEventHandler(handler).exceptionHandler((isStarted, error) -> {
            if (error instanceof KubernetesClientException answer
                    && (answer.getCode() == FORBIDDEN || answer.getCode() == UNAUTHORIZED)) {
                health.lacks(what, "no right to list or watch them: " + answer.getMessage());
            }
            return true;
        });
        var unused = told.start().thenRun(() -> health.has(what));
        return informer;
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> changed, Consumer<T> deleted) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T item) {
                changed.accept(item);
            }

            @Override
            public void onUpdate(T before, T item) {
                changed.accept(item);
            }

            @Override
            public void onDelete(T item, boolean finalStateUnknown) {
                deleted.accept(item);
            }
        };
    }
}
