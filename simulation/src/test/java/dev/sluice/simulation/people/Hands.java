package dev.sluice.simulation.people;

import dev.sluice.applier.core.RoutingObject.Editor;
import dev.sluice.schemas.message.Fence;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** People and tools that change routing objects behind everybody's back. */
public final class Hands {
    /** A backend that no rollout knows of. */
    public static final String ANOTHER = "batch";

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

    private void touch() {
        var cluster = world.chance().oneOf(clusters);
        if (cluster.objects().isEmpty() || cluster.isDown()) {
            return;
        }
        var route = world.chance().oneOf(List.copyOf(cluster.objects().keySet()));
        var split = cluster.objects().get(route);
        switch (world.chance().between(0, 12)) {
            case 0, 1 -> edit(cluster, route, split);
            case 2 -> takeBack(cluster, route, split);
            case 3 -> applyAgain(cluster, route, split);
            case 4 -> cluster.put(route, null, true);
            case 5 -> serveNobody(cluster, route, split);
            case 6 -> addAnother(cluster, route, split);
            case 7, 8, 9 -> moveAll(cluster, route, split);
            case 10, 11 -> listTwice(cluster, route, split);
            default -> replace(cluster, route, split);
        }
    }

    private void edit(ApiServer cluster, String route, Split split) {
        var share = world.chance().percent(60)
                ? world.chance().oneOf(List.of(0, 100))
                : world.chance().between(1, 99);
        var names = List.copyOf(new TreeMap<>(split.weights()).keySet());
        if (names.size() == 2) {
            var weights = Map.of(names.get(0), number(share), names.get(1), number(100 - share));
            put(cluster, route, split, weights, split.fence(), new Editor("kubectl-edit", false));
        }
    }

    /** Sets the canary to 0, whichever it is at the moment. */
    private void takeBack(ApiServer cluster, String route, Split split) {
        if (split.fence() != null
                && split.fence().active() != null
                && split.weights().size() == 2) {
            var weights = new TreeMap<String, BigDecimal>();
            split.weights().keySet().forEach(backend -> weights.put(backend, number(0)));
            weights.put(split.fence().active(), number(100));
            put(cluster, route, split, weights, split.fence(), new Editor("kubectl-edit", false));
        }
    }

    /** A release by hand, or a way back by hand: all to the backend that Sluice doesn't take for the active one. */
    private void moveAll(ApiServer cluster, String route, Split split) {
        if (split.fence() != null && split.fence().active() != null) {
            var weights = new TreeMap<String, BigDecimal>();
            split.weights()
                    .keySet()
                    .forEach(backend -> weights.put(
                            backend, number(backend.equals(split.fence().active()) ? 0 : 100)));
            put(cluster, route, split, weights, split.fence(), new Editor("kubectl-edit", false));
        }
    }

    private void serveNobody(ApiServer cluster, String route, Split split) {
        var weights = new TreeMap<String, BigDecimal>();
        split.weights().keySet().forEach(backend -> weights.put(backend, number(0)));
        put(cluster, route, split, weights, split.fence(), new Editor("kubectl-edit", false));
    }

    /** A third backend gets a part of the traffic. */
    private void addAnother(ApiServer cluster, String route, Split split) {
        var weights = new TreeMap<>(split.weights());
        weights.put(ANOTHER, number(world.chance().between(1, 80)));
        put(cluster, route, split, weights, split.fence(), new Editor("kubectl-edit", false));
    }

    /** A backend stands in the list a second time, with a weight of its own, until somebody mends it. */
    private void listTwice(ApiServer cluster, String route, Split split) {
        if (split.weights().isEmpty()) {
            return;
        }
        var names = List.copyOf(new TreeMap<>(split.weights()).keySet());
        var twice = world.chance().oneOf(names);
        var weights = new TreeMap<>(split.weights());
        weights.merge(twice, number(world.chance().between(0, 60)), BigDecimal::add);
        var unfit = twice + " stands twice in spec.backends; leave one entry of it";
        var by = List.of(new Editor("kubectl-edit", false));
        cluster.put(
                route,
                new Split(split.uid(), 0, weights, split.lastApplied(), split.fence(), split.managed(), by, unfit),
                true);
        var mended = Math.min(world.nowMillis() + world.chance().between(500, 40_000), faults.calmAtMillis());
        world.in(mended - world.nowMillis(), () -> listOnce(cluster, route));
    }

    private static void listOnce(ApiServer cluster, String route) {
        var split = cluster.objects().get(route);
        if (split != null && split.unfit() != null) {
            var by = new Editor("kubectl-edit", false);
            put(cluster, route, split, split.weights(), split.fence(), by);
        }
    }

    /** A deployment tool brings back what is in its files: no annotation, all traffic where it once was. */
    private void applyAgain(ApiServer cluster, String route, Split split) {
        var name = route.substring(route.lastIndexOf('/') + 1);
        var weights = Map.of(name, number(100), name + "-canary", number(0));
        put(cluster, route, split, weights, null, new Editor("argocd-controller", true));
    }

    private void replace(ApiServer cluster, String route, Split split) {
        cluster.put(route, null, true);
        var foreign = new Split(
                split.uid() + "-again",
                0,
                split.weights(),
                Map.of(),
                null,
                false,
                List.of(new Editor("helm", false)),
                null);
        cluster.put(route, foreign, true);
    }

    private static void put(
            ApiServer cluster, String route, Split split, Map<String, BigDecimal> weights, Fence fence, Editor by) {
        var edited = new Split(split.uid(), 0, weights, split.lastApplied(), fence, split.managed(), List.of(by), null);
        cluster.put(route, edited, true);
    }

    private static BigDecimal number(int percent) {
        return BigDecimal.valueOf(percent);
    }
}
