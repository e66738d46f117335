package dev.sluice.applier.mesh;

import java.util.Optional;

/**
 * A route's identity, taken apart: {@code cluster/namespace/plural.group/name[/rule]}.
 *
 * @param kind {@code plural.group}
 * @param rule null where the object is one route
 */
public record RouteIdentity(String cluster, String namespace, String kind, String name, String rule) {

    private static final int OBJECT_PARTS = 4;

    /** The identity of the object that a route is in: its own without the rule. */
    public static String object(String identity) {
        var end = -1;
        for (var part = 0; part < OBJECT_PARTS; part++) {
            var next = identity.indexOf('/', end + 1);
            if (next < 0) {
                return identity;
            }
            end = next;
        }
        return identity.substring(0, end);
    }

    public static Optional<RouteIdentity> parse(String identity) {
        var parts = identity.split("/", -1);
        if (parts.length < 4 || parts.length > 5) {
            return Optional.empty();
        }
        for (var part : parts) {
            if (part.isBlank()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new RouteIdentity(parts[0], parts[1], parts[2], parts[3], parts.length == 5 ? parts[4] : null));
    }
}
