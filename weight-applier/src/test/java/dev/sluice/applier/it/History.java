package dev.sluice.applier.it;

import dev.sluice.applier.core.Annotations;
import dev.sluice.schemas.message.Fence;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Every version that a route's object ever had, as a watch straight on the API server tells, and what was wrong with it: a
 * fence that goes down or is lost, a weight that is not the one of the fence beside it, a version that the watch missed.
 */
final class History implements Watcher<GenericKubernetesResource>, AutoCloseable {
    private static final List<ResourceDefinitionContext> KINDS = List.of(
            kind("split.smi-spec.io", "v1alpha4", "TrafficSplit", "trafficsplits"),
            kind("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"));

    private final Map<String, Function<GenericKubernetesResource, Map<String, Integer>>> routes = new HashMap<>();
    private final Map<String, List<Fence>> fences = new HashMap<>();
    private final Map<String, Long> generations = new HashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private final List<Watch> watches;

    History(KubernetesClient client, String namespace) {
        watches = KINDS.stream()
                .map(kind -> client.genericKubernetesResources(kind)
                        .inNamespace(namespace)
                        .watch(this))
                .toList();
    }

    private static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /**
     * @param weights by backend, of the route in the object; {@code null} where the object is not the route's
     */
    synchronized void follow(String route, Function<GenericKubernetesResource, Map<String, Integer>> weights) {
        routes.put(route, weights);
        fences.put(route, new ArrayList<>());
    }

    /** The route's fences so far, in the order of the versions that brought them. */
    synchronized List<Fence> fences(String route) {
        return List.copyOf(fences.get(route));
    }

    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    @Override
    public synchronized void eventReceived(Action action, GenericKubernetesResource object) {
        var version = object.getKind() + " " + object.getMetadata().getName() + " at "
                + object.getMetadata().getResourceVersion();
        if (action != Action.ADDED && action != Action.MODIFIED) {
            wrongs.add(version + ": " + action);
            return;
        }
        var generation = object.getMetadata().getGeneration();
        var before = generations.put(object.getMetadata().getUid(), generation);
        if (before != null && generation > before + 1) {
            wrongs.add(version + ": the watch missed some before it");
        }
        routes.forEach((route, weights) -> {
            var seen = weights.apply(object);
            if (seen != null) {
                check(version + " " + route, fences.get(route), fence(object, route), seen);
            }
        });
    }

    private void check(String version, List<Fence> earlier, Fence fence, Map<String, Integer> weights) {
        var last = earlier.isEmpty() ? null : earlier.getLast();
        if (fence == null) {
            if (last != null) {
                wrongs.add(version + ": lost its fence " + last);
            }
            return;
        }
        if (last != null && fence.isBelow(last)) {
            wrongs.add(version + ": " + fence + " came after " + last);
        }
        var all = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (Math.abs(100.0 * weights.get("checkout-canary") / all
                        - fence.weight().percent().doubleValue())
                > 1e-9) {
            wrongs.add(version + ": " + weights + " beside " + fence);
        }
        if (!fence.equals(last)) {
            earlier.add(fence);
        }
    }

    private static Fence fence(GenericKubernetesResource object, String route) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null
                ? null
                : Annotations.readFence(annotations.get(Annotations.fenceKey(route)))
                        .orElse(null);
    }

    @Override
    public synchronized void onClose(WatcherException broken) {
        wrongs.add("the watch ended: " + broken);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
