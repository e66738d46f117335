package dev.sluice.schemas.rollout.mesh;

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
}
