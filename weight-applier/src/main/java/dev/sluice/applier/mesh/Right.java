package dev.sluice.applier.mesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Verbs that the applier's account has to be allowed on a resource, as RBAC names both. */
public record Right(String group, String plural, List<String> verbs) {
    public Right {
        verbs = List.copyOf(verbs);
    }

    private Right(String group, String plural, String... verbs) {
        this(group, plural, List.of(verbs));
    }

    /** For objects of these kinds of a mesh, and what else it looks at. */
    public static List<Right> of(Mesh mesh, Collection<Kind> kinds) {
        var rights = new ArrayList<Right>();
        kinds.forEach(kind -> rights.add(of(kind.group(), kind.plural(), mesh.use(kind))));
        kinds.stream()
                .filter(kind -> mesh.use(kind) == Use.SCALE)
                .forEach(kind -> rights.add(new Right(kind.group(), kind.plural() + "/scale", "update")));
        mesh.rivals().forEach(kind -> rights.add(new Right(kind.group(), kind.plural(), "list")));
        if (mesh.readsPods()) {
            rights.add(new Right("", "pods", "list"));
        }
        return rights;
    }

    public static Right of(String group, String plural, Use use) {
        return switch (use) {
            case READ -> new Right(group, plural, "get", "list", "watch");
            case EDIT, SCALE -> new Right(group, plural, "get", "list", "watch", "update");
            case MAKE -> new Right(group, plural, "get", "list", "watch", "create", "update", "delete");
        };
    }

    /** For workloads of this kind whose revision is looked at; a Deployment's pods have their hash from its ReplicaSets. */
    public static List<Right> ofWorkloads(Kind kind) {
        var read = of(kind.group(), kind.plural(), Use.READ);
        var sets = Workload.REPLICA_SETS;
        return kind.equals(Workload.KINDS.getFirst())
                ? List.of(read, new Right(sets.group(), sets.plural(), "list"))
                : List.of(read);
    }

    /** For backends whose Services' selectors are switched. */
    public static List<Right> ofSelectors() {
        return List.of(of(Selectors.SERVICE.group(), Selectors.SERVICE.plural(), Use.EDIT));
    }

    /** Whether a backend is there, and who is ready behind it. */
    public static List<Right> ofBackends() {
        return List.of(
                new Right("", "services", "get", "list", "watch"),
                new Right("discovery.k8s.io", "endpointslices", "list", "watch"));
    }

    /** As people name it: {@code plural.group}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
