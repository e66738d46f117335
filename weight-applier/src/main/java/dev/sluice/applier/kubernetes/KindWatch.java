package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Watches one kind: in the whole cluster, or where rights are narrower in each namespace that has routes. A watch that
 * breaks is opened again after a fresh list, so nothing that happened meanwhile is missed.
 *
 * @param <V> what the API server sends
 * @param <T> what keeps it
 */
final class KindWatch<V extends HasMetadata, T extends SlimStore<V, ?>> {
    private static final Logger LOG = Logger.getLogger(KindWatch.class);
    private static final String EVERYWHERE = "";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Source<V, T> source;
    private final ApiHealth health;
    private final Map<String, PlaceWatch<V, T>> running = new ConcurrentHashMap<>();
    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();
    private volatile boolean isNarrow;
    private volatile boolean stopped;

    /**
     * Where what is watched comes from, and where news go.
     *
     * @param what it is, for people
     * @param place where it is listed
     * @param informer makes one that isn't started, for a namespace; null is the whole cluster
     * @param store makes one per watch
     * @param handler of news, which come after the store has them
     * @param unserved is called where the API server doesn't know the kind
     */
    record Source<V extends HasMetadata, T extends SlimStore<V, ?>>(
            String what,
            Lists.Place place,
            Function<String, SharedIndexInformer<V>> informer,
            Supplier<T> store,
            Function<T, ResourceEventHandler<V>> handler,
            Runnable unserved) {}

    KindWatch(Source<V, T> source, ApiHealth health) {
        this.source = source;
        this.health = health;
    }

    /** Starts what is not watched yet and returns at once. */
    void need(String namespace) {
        namespaces.add(namespace);
        var place = isNarrow ? namespace : EVERYWHERE;
        if (!running.containsKey(place)) {
            running.computeIfAbsent(place, fresh -> started(fresh, watch -> {}));
        }
    }

    /** What is known of a namespace; empty while the watch is not synced: then nothing can be said of it. */
    Optional<T> synced(String namespace) {
        return Optional.ofNullable(running.get(isNarrow ? namespace : EVERYWHERE))
                .filter(PlaceWatch::isSynced)
                .map(PlaceWatch::store);
    }

    /** Watches that don't tell anything yet, or not any more. */
    long unsynced() {
        return running.values().stream().filter(watch -> !watch.isSynced()).count();
    }

    void stop() {
        stopped = true;
        running.values().forEach(PlaceWatch::stop);
    }

    /** What it is, for people. */
    String what() {
        return source.what();
    }

    /** The namespaces that have a watch each; one for the whole cluster has no name. */
    Set<String> places() {
        return Set.copyOf(running.keySet());
    }

    /** The namespace to ask for; null for the whole cluster. */
    static String namespace(String place) {
        return place.equals(EVERYWHERE) ? null : place;
    }

    /** The watch of a place, if there is one. */
    Optional<PlaceWatch<V, T>> at(String place) {
        return Optional.ofNullable(running.get(place));
    }

    /** Lists what the watch of a place should know of. Blocks. */
    Listed listed(Lists lists, String place) {
        return lists.of(source.place(), namespace(place));
    }

    /**
     * Begins the watch of a place anew. What was missed is told once the new one knows better.
     *
     * @param missed keys of objects that the API server has otherwise than the watch
     */
    void renew(String place, Set<String> missed) {
        running.computeIfPresent(place, (same, silent) -> {
            if (stopped) {
                return silent;
            }
            silent.stop();
            var known = missed.stream()
                    .map(key -> silent.store().get(key))
                    .filter(Objects::nonNull)
                    .toList();
            return started(place, fresh -> fresh.tell(known));
        });
    }

    /** The watch of the place works, so no right is missing there any more. */
    void works(String place) {
        health.has(name(place));
    }

    private String name(String place) {
        return source.what() + (place.equals(EVERYWHERE) ? "" : " in " + place);
    }

    private PlaceWatch<V, T> started(String place, Consumer<PlaceWatch<V, T>> synced) {
        var store = source.store().get();
        var isEverywhere = place.equals(EVERYWHERE);
        var name = name(place);
        var handler = source.handler().apply(store);
        var informer = source.informer()
                .apply(namespace(place))
                .removeNamespaceIndex()
                .itemStore(store)
                .addEventHandler(handler)
                .exceptionHandler((isStarted, error) -> isTriedAgain(name, isEverywhere, error));
        var watch = new PlaceWatch<>(informer, store, handler);
        // elsewhere, for whoever is told may need this watch
        var unused = informer.start().thenRunAsync(() -> {
            health.has(name);
            synced.accept(watch);
        });
        return watch;
    }

    /** A right that is missing keeps a watch from ever starting: it is said, and tried again all the same. */
    private boolean isTriedAgain(String name, boolean isEverywhere, Throwable error) {
        var code = code(error);
        if (code == FORBIDDEN && isEverywhere) {
            narrow();
            return false;
        }
        if (code == FORBIDDEN || code == UNAUTHORIZED) {
            health.lacks(name, "no right to list or watch them: " + root(error).getMessage());
        } else if (error(error).filter(Api::isUnserved).isPresent()) {
            source.unserved().run();
        }
        return !stopped;
    }

    private synchronized void narrow() {
        if (!isNarrow) {
            isNarrow = true;
            LOG.infof("no right to watch all %s: each namespace with routes is watched", source.what());
            running.remove(EVERYWHERE);
            namespaces.forEach(this::need);
        }
    }

    private static int code(Throwable error) {
        return error(error).map(KubernetesClientException::getCode).orElse(0);
    }

    private static Optional<KubernetesClientException> error(Throwable error) {
        return root(error) instanceof KubernetesClientException answer ? Optional.of(answer) : Optional.empty();
    }

    /** Futures wrap what they fail with. */
    private static Throwable root(Throwable error) {
        var here = error;
        while (!(here instanceof KubernetesClientException) && here.getCause() != null) {
            here = here.getCause();
        }
        return here;
    }
}
