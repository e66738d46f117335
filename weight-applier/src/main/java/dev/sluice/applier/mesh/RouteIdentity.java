package dev.sluice.applier.mesh;

import java.util.Optional;

/**
 * A route's identity, taken apart: {@code cluster/namespace/plural.group/name[/rule]}.
 *
 * @param kind {@code plural.group}
 * @param rule null where the object is one route
 */
public record RouteIdentity(String cluster, String namespace, String kind, String name, String rule) {

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
