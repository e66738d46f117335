package dev.sluice.schemas.rollout.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.wire.Json;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The meshes that a rollout file may name. */
public final class MeshEntries {
    private static final Map<String, MeshEntry> BY_NAME = new TreeMap<>();

    static {
        ServiceLoader.load(MeshEntry.class, MeshEntry.class.getClassLoader())
                .forEach(entry -> BY_NAME.put(entry.name(), entry));
    }

    private MeshEntries() {}

    public static Collection<MeshEntry> all() {
        return BY_NAME.values();
    }

    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    public static Optional<MeshEntry> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * Why a route can't carry what is ordered beside its weight, with what to do; empty where it can.
     *
     * @param mesh as an order names it: the mesh, and its entry in the rollout file
     */
    public static Optional<String> cannot(
            Map<String, Map<String, Object>> mesh, Match match, Mirror mirror, SessionAffinity affinity) {
        if (match == null && mirror == null && affinity == null) {
            return Optional.empty();
        }
        return mesh.entrySet().stream()
                .findFirst()
                .flatMap(only -> named(only.getKey()).flatMap(known -> {
                    var beside = known.beside(Json.mapper().valueToTree(only.getValue()));
                    return beside.cannot(known.name(), match)
                            .or(() -> beside.cannot(known.name(), mirror))
                            .or(() -> beside.cannot(known.name(), affinity));
                }));
    }
}
