package dev.sluice.sandbox.shop;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Follows one TrafficSplit by watch, as a mesh's control plane does. */
public final class SplitWatch implements AutoCloseable {
    /** Where TrafficSplits are found. */
    public static final ResourceDefinitionContext SPLITS = new ResourceDefinitionContext.Builder()
            .withGroup("split.smi-spec.io")
            .withVersion("v1alpha4")
            .withKind("TrafficSplit")
            .withPlural("trafficsplits")
            .withNamespaced(true)
            .build();

    private final List<Consumer<Split>> listeners = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private volatile Split newest;

    public SplitWatch(KubernetesClient client, String namespace, String name) {
        informer = client.genericKubernetesResources(SPLITS)
                .inNamespace(namespace)
                .withName(name)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource object) {
                        seen(Split.of(object));
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                        seen(Split.of(after));
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
                        newest = null;
                    }
                });
    }

    /** The split as it was last seen; none while there is no object. */
    public Optional<Split> newest() {
        return Optional.ofNullable(newest);
    }

    /** Hears of every version of the object from now on, on the watch's thread. */
    public void onChange(Consumer<Split> listener) {
        listeners.add(listener);
    }

    private void seen(Split split) {
        newest = split;
        listeners.forEach(listener -> listener.accept(split));
    }

    @Override
    public void close() {
        informer.stop();
    }
}
