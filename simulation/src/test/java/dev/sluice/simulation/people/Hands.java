package dev.sluice.simulation.people;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.manifest.Tree;
import dev.sluice.simulation.world.World;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** People and tools that change routing objects behind everybody's back. */
public final class Hands {
    /** A backend that no rollout knows of. */
    public static final String ANOTHER = "batch";

    private static final String KUBECTL = "kubectl-edit";
    private static final String GITOPS = "argocd-controller";

    private final World world;
    private final Faults faults;
    private final List<ApiServer> clusters;

    public Hands(World world, Faults faults, List<ApiServer> clusters) {
        this.world = world;
        this.faults = faults;
        this.clusters = List.copyOf(clusters);
    }

    public void begin() {
        if (world.chance().percent(50)) {
            for (var more = world.chance().between(1, 4); more > 0; more--) {
                world.in(world.chance().between(5000, (int) faults.calmAtMillis()), this::touch);
            }
        }
    }

    /** What is touched: a route's main object. */
    private record Touched(ApiServer cluster, Site site, ObjectRef main, Split split, String fenceKey) {
        private List<String> backends() {
            return List.copyOf(new TreeMap<>(split.weights()).keySet());
        }

        private void divide(Map<String, BigDecimal> weights) {
            cluster.edit(main, KUBECTL, false, object -> site.manifest().divide(object, site, weights));
        }
    }

    private void touch() {
        var cluster = world.chance().oneOf(clusters);
        var objects = cluster.objects();
        if (objects.isEmpty() || cluster.isDown()) {
            return;
        }
        var route = world.chance().oneOf(List.copyOf(objects.keySet()));
        var site = cluster.site(route);
        var main = site.refs().getFirst();
        var touched = new Touched(cluster, site, main, objects.get(route), Annotations.fenceKey(route));
        switch (world.chance().between(0, 15)) {
            case 0, 1 -> edit(touched);
            case 2 -> takeBack(touched);
            case 3 -> applyAgain(touched);
            case 4 -> delete(touched);
            case 5 -> serveNobody(touched);
            case 6 -> addAnother(touched);
            case 7, 8, 9 -> moveAll(touched);
            case 10, 11 -> listTwice(touched);
            case 12 -> loseTheFence(touched);
            case 13 -> pause(touched);
            case 14 -> addFields(touched);
            default -> replace(touched);
        }
    }

    private void edit(Touched it) {
        var share = world.chance().percent(60)
                ? world.chance().oneOf(List.of(0, 100))
                : world.chance().between(1, 99);
        var names = it.backends();
        if (names.size() == 2) {
            it.divide(Map.of(names.get(0), number(share), names.get(1), number(100 - share)));
        }
    }

    private static boolean isBegun(Touched it) {
        return it.split().fence() != null && it.split().fence().active() != null;
    }

    /** Sets the canary to 0, whichever it is at the moment. */
    private void takeBack(Touched it) {
        if (isBegun(it) && it.backends().size() == 2) {
            var weights = new TreeMap<String, BigDecimal>();
            it.backends().forEach(backend -> weights.put(backend, number(0)));
            weights.put(it.split().fence().active(), number(100));
            it.divide(weights);
        }
    }

    /** A release by hand, or a way back by hand: all to the backend that Sluice doesn't take for the active one. */
    private void moveAll(Touched it) {
        if (isBegun(it)) {
            var weights = new TreeMap<String, BigDecimal>();
            it.backends()
                    .forEach(backend -> weights.put(
                            backend, number(backend.equals(it.split().fence().active()) ? 0 : 100)));
            it.divide(weights);
        }
    }

    private void serveNobody(Touched it) {
        if (!it.site().manifest().isWhole()) {
            var weights = new TreeMap<String, BigDecimal>();
            it.backends().forEach(backend -> weights.put(backend, number(0)));
            it.divide(weights);
        }
    }

    /** A third backend gets a part of the traffic. */
    private void addAnother(Touched it) {
        if (!it.site().manifest().isWhole()) {
            it.divide(Map.of(ANOTHER, number(world.chance().between(1, 80))));
        }
    }

    /** A backend stands in the list a second time, with a weight of its own, until somebody mends it. */
    private void listTwice(Touched it) {
        if (it.site().manifest().isWhole() || it.backends().isEmpty()) {
            return;
        }
        var twice = world.chance().oneOf(it.backends());
        var weight = number(world.chance().between(0, 60));
        it.cluster()
                .edit(
                        it.main(),
                        KUBECTL,
                        false,
                        object -> it.site().manifest().listAgain(object, it.site(), twice, weight));
        soon(() -> change(it, object -> it.site().manifest().listOnce(object, it.site())));
    }

    /** Before everything works again. */
    private void soon(Runnable action) {
        var at = Math.min(world.nowMillis() + world.chance().between(500, 40_000), faults.calmAtMillis());
        world.in(at - world.nowMillis(), action);
    }

    private static void change(Touched it, Consumer<Document> change) {
        if (it.cluster().get(it.main()) != null) {
            it.cluster().edit(it.main(), KUBECTL, false, change);
        }
    }

    /** A deployment tool brings back what is in its files: all traffic where it once was, with or without annotations. */
    private void applyAgain(Touched it) {
        var keepsAnnotations = world.chance().percent(50);
        it.cluster().edit(it.main(), GITOPS, true, object -> {
            var git = it.site().manifest().git(it.site(), it.main().name());
            if (git.isEmpty()) {
                it.site().manifest().divide(object, it.site(), original(it));
            } else {
                object.content().put("spec", git.get().content().get("spec"));
            }
            if (!keepsAnnotations) {
                Tree.open(object, "metadata").remove("annotations");
            }
        });
    }

    private static Map<String, BigDecimal> original(Touched it) {
        return Map.of(it.site().active(), number(100), it.site().canary(), number(0));
    }

    /** What Git has comes back. */
    private void delete(Touched it) {
        it.cluster().remove(it.main());
        it.site()
                .manifest()
                .git(it.site(), it.main().name())
                .ifPresent(git -> soon(() -> {
                    if (it.cluster().get(it.main()) == null) {
                        it.cluster().create(it.main(), git);
                    }
                }));
    }

    /** Somebody else's object of the same name. */
    private void replace(Touched it) {
        var foreign = it.site().manifest().git(it.site(), it.main().name()).orElseGet(() -> {
            var copy = it.cluster().get(it.main()).copy();
            var metadata = Tree.open(copy, "metadata");
            metadata.keySet().removeAll(List.of("labels", "annotations", "managedFields"));
            return copy;
        });
        it.cluster().remove(it.main());
        it.cluster().create(it.main(), foreign);
    }

    private void loseTheFence(Touched it) {
        it.cluster()
                .edit(
                        it.main(),
                        KUBECTL,
                        false,
                        object -> Tree.open(object, "metadata", "annotations").remove(it.fenceKey()));
    }

    /** Nothing is to be written for a while. */
    private void pause(Touched it) {
        it.cluster()
                .edit(
                        it.main(),
                        KUBECTL,
                        false,
                        object -> Tree.open(object, "metadata", "annotations").put(Annotations.PAUSED, "true"));
        soon(() -> change(
                it, object -> Tree.open(object, "metadata", "annotations").remove(Annotations.PAUSED)));
    }

    /** What Sluice doesn't know and leaves as it is. */
    private void addFields(Touched it) {
        it.cluster().edit(it.main(), KUBECTL, false, object -> {
            Tree.open(object, "metadata", "labels").put("cost-centre", "42");
            Tree.open(object, "metadata", "annotations").put("note", "ask the shop's team first");
            Tree.open(object, "spec").put("unheardOf", new HashMap<>(Map.of("deep", List.of(1, 2))));
        });
    }

    private static BigDecimal number(int percent) {
        return BigDecimal.valueOf(percent);
    }
}
