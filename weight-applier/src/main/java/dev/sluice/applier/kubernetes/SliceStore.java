package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.EndpointCount;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** EndpointSlices: whose they are, and which endpoints are ready and which aren't, eight bytes each. */
final class SliceStore extends SlimStore<EndpointSlice, SliceStore.Slice> {
    private final Map<String, Set<Slice>> byService = new ConcurrentHashMap<>();

    /** Compared by identity: two slices may look the same. */
    static final class Slice {
        private final String service;
        private final long[] ready;
        private final long[] unready;
        private final long version;

        private Slice(String service, long[] ready, long[] unready, long version) {
            this.service = service;
            this.ready = ready;
            this.unready = unready;
            this.version = version;
        }
    }

    SliceStore() {
        super(EndpointSlice::new);
    }

    @Override
    Slice keep(EndpointSlice item) {
        var version = Listed.number(item.getMetadata().getResourceVersion());
        return new Slice(
                ReadyEndpoints.service(item), ReadyEndpoints.ready(item), ReadyEndpoints.unready(item), version);
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

    /** A pod with an IPv4 and an IPv6 address stands in two slices and counts once. */
    EndpointCount count(String namespace, String service) {
        var slices = byService.getOrDefault(key(namespace, service), Set.of());
        if (slices.size() == 1) {
            var only = slices.iterator().next();
            return new EndpointCount(only.ready.length, only.unready.length);
        }
        var ready = new HashSet<Long>();
        var unready = new HashSet<Long>();
        for (var slice : slices) {
            addAll(ready, slice.ready);
            addAll(unready, slice.unready);
        }
        // by one of its addresses it may be ready before it is by the other
        unready.removeAll(ready);
        return new EndpointCount(ready.size(), unready.size());
    }

    private static void addAll(Set<Long> to, long[] endpoints) {
        for (var endpoint : endpoints) {
            to.add(endpoint);
        }
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
