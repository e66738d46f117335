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
import java.util.function.Function;

/** Follows one routing object by watch, as a mesh's control plane does. */
public final class SplitWatch implements AutoCloseable {
    /** Where TrafficSplits are found. */
    public static final ResourceDefinitionContext SPLITS = new ResourceDefinitionContext.Builder()
            .withGroup("split.smi-spec.io")
            .withVersion("v1alpha4")
            .withKind("TrafficSplit")
            .withPlural("trafficsplits")
            .withNamespaced(true)
            .build();

    private static final ResourceDefinitionContext HTTP_ROUTES = new ResourceDefinitionContext.Builder()
            .withGroup("gateway.networking.k8s.io")
            .withVersion("v1")
            .withKind("HTTPRoute")
            .withPlural("httproutes")
            .withNamespaced(true)
            .build();

    private final List<Consumer<Split>> listeners = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private volatile Split newest;

    /** @param reading what an object of the kind does with the traffic */
    public SplitWatch(
            KubernetesClient client,
            ResourceDefinitionContext kind,
            Function<GenericKubernetesResource, Split> reading,
            String namespace,
            String name) {
        informer = client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .withName(name)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource object) {
                        seen(reading.apply(object));
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                        seen(reading.apply(after));
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
                        newest = null;
                    }
                });
    }

    public static SplitWatch ofTrafficSplit(KubernetesClient client, String namespace, String name) {
        return new SplitWatch(client, SPLITS, Split::of, namespace, name);
    }

    static SplitWatch ofHttpRoute(KubernetesClient client, String namespace, String name) {
        return new SplitWatch(client, HTTP_ROUTES, Split::ofHttpRoute, namespace, name);
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
