package dev.sluice.applier.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long weights of an object stay edited, by the news of the API server, of an edit and of its repair alike. */
final class EditWatch implements Watcher<GenericKubernetesResource>, AutoCloseable {
    private final Watch watch;
    private final List<Map<String, Object>> before;
    private long editedNanos;
    private volatile Duration repairedAfter;

    EditWatch(Shop shop) {
        var split = shop.split();
        before = backends(split.get());
        watch = split.watch(this);
    }

    private static List<Map<String, Object>> backends(GenericKubernetesResource split) {
        return split.get("spec", "backends");
    }

    /** Empty as long as the weights are not what they were. */
    Optional<Duration> repairedAfter() {
        return Optional.ofNullable(repairedAfter);
    }

    @Override
    public void eventReceived(Action action, GenericKubernetesResource split) {
        var isEdited = !backends(split).equals(before);
        if (isEdited && editedNanos == 0) {
            editedNanos = System.nanoTime();
        } else if (!isEdited && editedNanos != 0 && repairedAfter == null) {
            repairedAfter = Duration.ofNanos(System.nanoTime() - editedNanos);
        }
    }

    @Override
    public void onClose(WatcherException broken) {
        // the test waits in vain then
    }

    @Override
    public void close() {
        watch.close();
    }
}
