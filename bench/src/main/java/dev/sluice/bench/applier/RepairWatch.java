package dev.sluice.bench.applier;

import dev.sluice.bench.rig.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sees an edit, and then that it was put back, as a mesh's control plane does: by one watch. For one edit at a time. */
final class RepairWatch implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Way way;
    private final Watch watch;
    private volatile Awaited awaited;

    /** @param seenNanos when the edit was put back */
    private record Awaited(
            String name, int edited, int ordered, CompletableFuture<Void> edit, CompletableFuture<Long> seenNanos) {}

    RepairWatch(Way way, KubernetesClient client) {
        this.way = way;
        this.watch = client.genericKubernetesResources(way.context())
                .inNamespace(Names.NAMESPACE)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource object) {
                        see(object, System.nanoTime());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        if (awaited != null) {
                            awaited.seenNanos().completeExceptionally(cause);
                        }
                    }
                });
    }

    /** To be called before the edit is made. */
    void expect(String name, int edited, int ordered) {
        awaited = new Awaited(name, edited, ordered, new CompletableFuture<>(), new CompletableFuture<>());
    }

    /** When the edit was put back, by {@link System#nanoTime}. */
    long repairedNanos() throws InterruptedException {
        try {
            return awaited.seenNanos().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the edit of " + awaited.name() + " was not put back", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the watch of the Kubernetes API ended", e.getCause());
        }
    }

    @SuppressWarnings("unchecked")
    private void see(GenericKubernetesResource object, long nanos) {
        var expected = awaited;
        if (expected == null || !object.getMetadata().getName().equals(expected.name())) {
            return;
        }
        var canary = way.backends(
                        (Map<String, Object>) object.getAdditionalProperties().get("spec"))
                .getLast();
        var weight = ((Number) canary.get("weight")).intValue();
        if (weight == expected.edited()) {
            expected.edit().complete(null);
        } else if (weight == expected.ordered() && expected.edit().isDone()) {
            expected.seenNanos().complete(nanos);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
