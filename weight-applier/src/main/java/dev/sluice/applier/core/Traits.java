package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;
import java.util.Map;

/**
 * What the rules need to know about a kind of routing object.
 *
 * @param created whether Sluice creates such objects itself
 * @param fallback the backend that gets all traffic where the object isn't there; null where none of the two does
 * @param served what serves a backend, for people; one without is a Service of its own name
 */
public record Traits(boolean created, String fallback, Map<String, String> served) {
    /** For kinds that are a user's own object: edited, never created. */
    public static final Traits EDITED = new Traits(false, null);

    public Traits {
        served = Map.copyOf(served);
    }

    public Traits(boolean created, String fallback) {
        this(created, fallback, Map.of());
    }

    public Traits serving(Map<String, String> backends) {
        return new Traits(created, fallback, backends);
    }

    String server(WeightOrder order, String backend) {
        return served.getOrDefault(backend, "Service " + order.namespace() + "/" + backend);
    }
}
