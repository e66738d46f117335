package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;
import java.util.Map;

/**
 * What the rules need to know about a kind of routing object.
 *
 * @param created whether Sluice creates such objects itself
 * @param fallback the backend that gets all traffic where the object isn't there; null where none of the two does
 * @param served what serves a backend, for people; one without is a Service of its own name
 * @param scaled whether the weight itself makes and ends a backend's pods: none is ready before it has any, and none is
 *     ended before others are ready in its place
 */
public record Traits(boolean created, String fallback, Map<String, String> served, boolean scaled) {
    /** For kinds that are a user's own object: edited, never created. */
    public static final Traits EDITED = new Traits(false, null);

    /** For workloads of the user's, whose replicas are the weight. */
    public static final Traits SCALED = new Traits(false, null, Map.of(), true);

    public Traits {
        served = Map.copyOf(served);
    }

    public Traits(boolean created, String fallback) {
        this(created, fallback, Map.of(), false);
    }

    public Traits serving(Map<String, String> backends) {
        return new Traits(created, fallback, backends, scaled);
    }

    String server(WeightOrder order, String backend) {
        return served.getOrDefault(backend, "Service " + order.namespace() + "/" + backend);
    }
}
