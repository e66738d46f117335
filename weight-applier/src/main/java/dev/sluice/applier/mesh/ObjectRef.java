package dev.sluice.applier.mesh;

/**
 * Which object.
 *
 * @param namespace empty where the kind has none
 */
public record ObjectRef(Kind kind, String namespace, String name) {

    public static ObjectRef of(Kind kind, RouteIdentity route) {
        return new ObjectRef(kind, kind.isNamespaced() ? route.namespace() : "", route.name());
    }

    /** For people, and for whoever looks it up. */
    @Override
    public String toString() {
        return (namespace.isEmpty() ? "" : namespace + "/") + kind.name() + "/" + name;
    }
}
