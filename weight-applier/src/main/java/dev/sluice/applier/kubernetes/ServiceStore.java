package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.Service;

/** Services: that they are there. */
final class ServiceStore extends SlimStore<Service, Boolean> {
    ServiceStore() {
        super(Service::new);
    }

    @Override
    Boolean keep(Service item) {
        return true;
    }

    boolean has(String namespace, String name) {
        return kept(namespace, name) != null;
    }
}
