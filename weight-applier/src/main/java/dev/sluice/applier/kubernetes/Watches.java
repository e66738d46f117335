package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What routes depend on, as watches show it. What a synced watch shows can be relied on, for the API server refuses a
 * write of what has changed since; what it doesn't show may be there all the same. Changes are told as {@link News}.
 */
public final class Watches {
    private static final long NO_RESYNC = 0;
    private static final long PAGE = 500;

    private final RoutingObjects objects;
    private final Discovery discovery;
    private final ApiHealth health;
    private final News news;
    private final Map<Kind, Versioned> kinds = new ConcurrentHashMap<>();
    private final KindWatch<EndpointSlice, SliceStore> slices;
    private final KindWatch<Service, ServiceStore> services;

    Watches(
            KubernetesClient client,
            RoutingObjects objects,
            Discovery discovery,
            News news,
            ApiHealth health,
            ClusterMeters meters) {
        this.objects = objects;
        this.discovery = discovery;
        this.news = news;
        this.health = health;
        this.slices = new KindWatch<>(
                new KindWatch.Source<>(
                        "endpointslices",
                        new Lists.Place("apis/discovery.k8s.io/v1", "endpointslices", ReadyEndpoints.SERVICE),
                        namespace -> {
                            var all = client.discovery().v1().endpointSlices();
                            var some = namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
                            return some.withLabel(ReadyEndpoints.SERVICE)
                                    .withLimit(PAGE)
                                    .runnableInformer(NO_RESYNC);
                        },
                        SliceStore::new,
                        store -> handler(slice -> tell(store, slice, news)),
                        () -> {}),
                health);
        meters.gauge(
                "sluice.applier.watches.unsynced",
                "Watches that don't show all that there is yet",
                this,
                Watches::unsynced);
        this.services = new KindWatch<>(
                new KindWatch.Source<>(
                        "services",
                        new Lists.Place("api/v1", "services", null),
                        namespace -> {
                            var all = client.services();
                            var some = namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
                            return some.withLimit(PAGE).runnableInformer(NO_RESYNC);
                        },
                        ServiceStore::new,
                        store -> handler(service -> {}),
                        () -> {}),
                health);
    }

    private double unsynced() {
        return all().mapToLong(KindWatch::unsynced).sum();
    }

    /** One per kind. */
    Stream<KindWatch<?, ?>> all() {
        return Stream.concat(
                Stream.of(slices, services), kinds.values().stream().map(Versioned::watch));
    }

    private record Versioned(String version, KindWatch<GenericKubernetesResource, ObjectStore> watch) {}

    /** @param document null once it was deleted */
    public record ObjectChange(Kind kind, String namespace, String name, Document document) {}

    /** @param document empty where the watch shows no such object */
    record Shown(Optional<Document> document) {}

    /**
     * Nothing is seen by watches there, whatever happens.
     *
     * @param namespace empty where that is so in all of them
     */
    public record Unwatched(Optional<String> namespace) {}

    public record EndpointsChange(String namespace, String service, EndpointCount count) {}

    /** Starts what is not watched yet and returns at once. */
    void need(Kind kind, String version, String namespace) {
        versioned(kind, version).watch().need(namespace);
        slices.need(namespace);
        services.need(namespace);
    }

    /** The object as a synced watch shows it; empty where no watch can tell. */
    Optional<Shown> object(ObjectRef ref, String version) {
        return Optional.ofNullable(kinds.get(ref.kind()))
                .filter(known -> known.version().equals(version))
                .flatMap(known -> known.watch().synced(ref.namespace()))
                .map(store -> new Shown(store.object(ref.namespace(), ref.name())));
    }

    /** Endpoints as the watch knows them; empty before its first list. */
    Optional<EndpointCount> endpoints(String namespace, String service) {
        return slices.synced(namespace).map(store -> store.count(namespace, service));
    }

    /** Whether a synced watch shows the Service; one that it doesn't show may be there. */
    boolean shows(String namespace, String service) {
        return services.synced(namespace)
                .filter(store -> store.has(namespace, service))
                .isPresent();
    }

    void stop() {
        all().forEach(KindWatch::stop);
    }

    private Versioned versioned(Kind kind, String version) {
        var known = kinds.get(kind);
        return known != null && known.version().equals(version)
                ? known
                : kinds.compute(kind, (same, other) -> {
                    if (other != null && other.version().equals(version)) {
                        return other;
                    }
                    if (other != null) {
                        other.watch().stop();
                    }
                    return new Versioned(version, watch(kind, version));
                });
    }

    private KindWatch<GenericKubernetesResource, ObjectStore> watch(Kind kind, String version) {
        return new KindWatch<>(
                new KindWatch.Source<>(
                        kind.name(),
                        new Lists.Place(kind.root(version), kind.plural(), null),
                        namespace -> {
                            var all = objects.of(kind, version);
                            var some = namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
                            return some.withLimit(PAGE).runnableInformer(NO_RESYNC);
                        },
                        () -> new ObjectStore(objects::document),
                        store -> handler(item -> tell(store, kind, item)),
                        () -> discovery.doubt(kind)),
                health);
    }

    /** As the store has it now, which may be newer than what the listener was told of. */
    private void tell(ObjectStore store, Kind kind, HasMetadata item) {
        var namespace = item.getMetadata().getNamespace();
        var name = item.getMetadata().getName();
        news.objectChanged(new ObjectChange(
                kind, namespace, name, store.object(namespace, name).orElse(null)));
    }

    private static void tell(SliceStore store, EndpointSlice slice, News news) {
        var service = ReadyEndpoints.service(slice);
        if (service != null) {
            var namespace = slice.getMetadata().getNamespace();
            news.endpointsChanged(new EndpointsChange(namespace, service, store.count(namespace, service)));
        }
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> changed) {
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
                changed.accept(item);
            }
        };
    }
}
