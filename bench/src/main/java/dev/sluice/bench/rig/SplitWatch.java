package dev.sluice.bench.rig;

import dev.sluice.sandbox.shop.Split;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

/** Sees the weights of every TrafficSplit of a namespace as a mesh's control plane does: by one watch. */
final class SplitWatch implements AutoCloseable {
    private final Watch watch;

    SplitWatch(KubernetesClient client, String namespace, Lookout lookout) {
        watch = client.genericKubernetesResources(dev.sluice.sandbox.shop.SplitWatch.SPLITS)
                .inNamespace(namespace)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource object) {
                        var nanos = System.nanoTime();
                        if (action == Action.ADDED || action == Action.MODIFIED) {
                            lookout.seen(sighting(object, nanos));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        lookout.gone("the watch of the Kubernetes API ended: " + cause.getMessage());
                    }
                });
    }

    private static Sighting.Split sighting(GenericKubernetesResource object, long nanos) {
        var metadata = object.getMetadata();
        var canary = Names.canaryService(metadata.getName());
        return new Sighting.Split(
                metadata.getNamespace() + "/" + metadata.getName(),
                Split.of(object).percent(canary),
                nanos);
    }

    @Override
    public void close() {
        watch.close();
    }
}
