package dev.sluice.applier.mesh;

import java.util.List;

/**
 * A kind of routing object.
 *
 * @param versions that the plug-in can write, the preferred first
 */
public record Kind(String group, String plural, String kind, List<String> versions) {
    public Kind {
        versions = List.copyOf(versions);
    }

    /** As it stands in a route's identity. */
    public String name() {
        return plural + "." + group;
    }
}
