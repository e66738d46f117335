package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** EndpointSlices: whose they are, and which endpoints are ready, eight bytes each. */
final class SliceStore extends SlimStore<EndpointSlice, SliceStore.Slice> {
    private final Map<String, Set<Slice>> byService = new ConcurrentHashMap<>();

    /** Compared by identity: two slices may look the same. */
    static final class Slice {
        private final String service;
        private final long[] ready;
        private final long version;

        private Slice(String service, long[] ready, long version) {
            this.service = service;
            this.ready = ready;
            this.version = version;
        }
    }

    SliceStore() {
        super(EndpointSlice::new);
    }

    @Override
    Slice keep(EndpointSlice item) {
        var version = Listed.number(item.getMetadata().getResourceVersion());
        return new Slice(ReadyEndpoints.service(item), ReadyEndpoints.ready(item), version);
    }

    @Override
    long version(Slice kept) {
        return kept.version;
    }

    @Override
    void changed(String key, Slice before, Slice after) {
        var namespace = key.substring(0, key.indexOf('/'));
        if (after != null && after.service != null) {
            byService.compute(key(namespace, after.service), (service, slices) -> and(slices, after));
        }
        if (before != null && before.service != null) {
            byService.computeIfPresent(key(namespace, before.service), (service, slices) -> without(slices, before));
        }
    }

    @Override
    void dress(EndpointSlice shell, Slice kept) {
        if (kept.service != null) {
            shell.getMetadata().setLabels(Map.of(ReadyEndpoints.SERVICE, kept.service));
        }
    }

    /** Ready endpoints; a pod with an IPv4 and an IPv6 address stands in two slices and counts once. */
    int count(String namespace, String service) {
        var slices = byService.getOrDefault(key(namespace, service), Set.of());
        if (slices.size() == 1) {
            return slices.iterator().next().ready.length;
        }
        var ready = new HashSet<Long>();
        for (var slice : slices) {
            for (var endpoint : slice.ready) {
                ready.add(endpoint);
            }
        }
        return ready.size();
    }

    private static Set<Slice> and(Set<Slice> slices, Slice slice) {
        var more = new HashSet<>(slices == null ? Set.of() : slices);
        more.add(slice);
        return Set.copyOf(more);
    }

    private static Set<Slice> without(Set<Slice> slices, Slice slice) {
        var fewer = new HashSet<>(slices);
        fewer.remove(slice);
        return fewer.isEmpty() ? null : Set.copyOf(fewer);
    }
}
