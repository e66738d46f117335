package dev.sluice.applier.kubernetes;

import dev.sluice.applier.kubernetes.Watches.EndpointsChange;
import dev.sluice.applier.kubernetes.Watches.ObjectChange;
import dev.sluice.applier.kubernetes.Watches.Unwatched;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells what is seen in a cluster to whoever listens: routes, which need the cluster to be made. */
final class Changes implements News {
    private final List<News> listeners = new CopyOnWriteArrayList<>();

    void listen(News listener) {
        listeners.add(listener);
    }

    @Override
    public void objectChanged(ObjectChange change) {
        listeners.forEach(listener -> listener.objectChanged(change));
    }

    @Override
    public void endpointsChanged(EndpointsChange change) {
        listeners.forEach(listener -> listener.endpointsChanged(change));
    }

    @Override
    public void unwatched(Unwatched place) {
        listeners.forEach(listener -> listener.unwatched(place));
    }
}
