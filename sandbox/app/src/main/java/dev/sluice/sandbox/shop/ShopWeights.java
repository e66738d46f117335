package dev.sluice.sandbox.shop;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Consumer;

/** What the shop's traffic goes by: its HTTPRoute where it has one, else its TrafficSplit. */
public final class ShopWeights implements AutoCloseable {
    private final SplitWatch route;
    private final SplitWatch split;

    ShopWeights(KubernetesClient client, String namespace, String name) {
        route = SplitWatch.ofHttpRoute(client, namespace, name);
        split = SplitWatch.ofTrafficSplit(client, namespace, name);
    }

    /** The weights as they were last seen; none while there is no object. */
    Optional<Split> newest() {
        return route.newest().or(split::newest);
    }

    /** Hears of the weights with every change of an object from now on, on the watch's thread. */
    public void onChange(Consumer<Split> listener) {
        route.onChange(changed -> newest().ifPresent(listener));
        split.onChange(changed -> newest().ifPresent(listener));
    }

    @Override
    public void close() {
        route.close();
        split.close();
    }
}
