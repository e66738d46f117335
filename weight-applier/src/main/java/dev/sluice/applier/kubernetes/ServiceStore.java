package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.Service;

/** Services: that they are there, and in which version. */
final class ServiceStore extends SlimStore<Service, Long> {
    ServiceStore() {
        super(Service::new);
    }

    @Override
    Long keep(Service item) {
        return Listed.number(item.getMetadata().getResourceVersion());
    }

    @Override
    long version(Long kept) {
        return kept;
    }

    boolean has(String namespace, String name) {
        return kept(namespace, name) != null;
    }
}
