package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A watch's own store that keeps of each object only what is asked of it: thousands of objects cost little memory, and
 * there is no second copy that could lag behind what the watch calls synced.
 *
 * @param <V> what the API server sends
 * @param <S> what is kept of it
 */
abstract class SlimStore<V extends HasMetadata, S> implements ItemStore<V> {
    private final Map<String, S> kept = new ConcurrentHashMap<>();
    private final Supplier<V> empty;

    /** @param empty makes an object that the watch's machinery takes for one that was kept: with its name and no more */
    SlimStore(Supplier<V> empty) {
        this.empty = empty;
    }

    abstract S keep(V item);

    /** {@link Listed#number} of what is kept. */
    abstract long version(S kept);

    /** Puts into a {@link #shell} what listeners need of an object that is gone. */
    void dress(V shell, S kept) {}

    /** @param before null where it wasn't there; {@code after} null where it is gone */
    void changed(String key, S before, S after) {}

    final S kept(String namespace, String name) {
        return kept.get(key(namespace, name));
    }

    /** -1 where there is none. */
    final long version(String key) {
        var known = kept.get(key);
        return known == null ? -1 : version(known);
    }

    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public String getKey(V item) {
        return key(item.getMetadata().getNamespace(), item.getMetadata().getName());
    }

    @Override
    public V put(String key, V item) {
        var after = keep(item);
        var before = kept.put(key, after);
        changed(key, before, after);
        return before == null ? null : shell(key, before);
    }

    @Override
    public V remove(String key) {
        var before = kept.remove(key);
        if (before == null) {
            return null;
        }
        changed(key, before, null);
        return shell(key, before);
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<V> values() {
        return kept.entrySet().stream().map(entry -> shell(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return kept.size();
    }

    @Override
    public V get(String key) {
        var known = kept.get(key);
        return known == null ? null : shell(key, known);
    }

    /** So that listeners are told of what the API server sent, not of what was kept. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private V shell(String key, S of) {
        var slash = key.indexOf('/');
        var shell = empty.get();
        shell.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .build());
        dress(shell, of);
        return shell;
    }
}
