package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.Objects;

/**
 * The watch of one kind in one place, and what it has shown.
 *
 * @param <V> what the API server sends
 * @param <T> what keeps it
 */
final class PlaceWatch<V extends HasMetadata, T extends SlimStore<V, ?>> {
    private final SharedIndexInformer<V> informer;
    private final T store;
    private final ResourceEventHandler<V> handler;
    private String heard;

    PlaceWatch(SharedIndexInformer<V> informer, T store, ResourceEventHandler<V> handler) {
        this.informer = informer;
        this.store = store;
        this.handler = handler;
    }

    T store() {
        return store;
    }

    boolean isSynced() {
        return informer.hasSynced() && informer.isWatching();
    }

    /**
     * Whether it has told anything since this was asked last. The API server says every minute up to which version of the
     * cluster it has told all there was to tell, also where nothing happened; so one that has spoken has missed nothing.
     * Asked by one thread.
     */
    boolean hasSpoken() {
        var latest = informer.lastSyncResourceVersion();
        var isNew = !Objects.equals(latest, heard);
        heard = latest;
        return isNew;
    }

    /** Tells whoever listens of what an earlier watch of the place had in store. */
    void tell(Collection<V> known) {
        known.forEach(item -> handler.onDelete(item, true));
    }

    void stop() {
        informer.stop();
    }
}
