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
    private final World world;
    private final Faults faults;
    private final List<ApiServer> clusters;

    public Hands(World world, Faults faults, List<ApiServer> clusters) {
        this.world = world;
        this.faults = faults;
        this.clusters = List.copyOf(clusters);
    }

    public void begin() {
        if (world.chance().percent(40)) {
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
        switch (world.chance().between(0, 5)) {
            case 0, 1 -> edit(cluster, route, split);
            case 2 -> takeBack(cluster, route, split);
            case 3 -> applyAgain(cluster, route, split);
            case 4 -> cluster.put(route, null, true);
            default -> replace(cluster, route, split);
        }
    }

    private void edit(ApiServer cluster, String route, Split split) {
        var share = world.chance().between(1, 99);
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

    /** A deployment tool brings back what is in its files: no annotation, all traffic where it once was. */
    private void applyAgain(ApiServer cluster, String route, Split split) {
        var name = route.substring(route.lastIndexOf('/') + 1);
        var weights = Map.of(name, number(100), name + "-canary", number(0));
        put(cluster, route, split, weights, null, new Editor("argocd-controller", true));
    }

    private void replace(ApiServer cluster, String route, Split split) {
        cluster.put(route, null, true);
        var foreign = new Split(
                split.uid() + "-again", 0, split.weights(), Map.of(), null, false, List.of(new Editor("helm", false)));
        cluster.put(route, foreign, true);
    }

    private static void put(
            ApiServer cluster, String route, Split split, Map<String, BigDecimal> weights, Fence fence, Editor by) {
        var edited = new Split(split.uid(), 0, weights, split.lastApplied(), fence, split.managed(), List.of(by));
        cluster.put(route, edited, true);
    }

    private static BigDecimal number(int percent) {
        return BigDecimal.valueOf(percent);
    }
}
