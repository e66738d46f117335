package dev.sluice.simulation.people;

import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whoever decides where Sluice only observes: moves the weights, up and down, and leaves them in the end as they were. */
public final class OtherTool {
    private static final String NAME = "rollouts-controller";
    private static final long BEAT_MILLIS = 4000;
    private static final List<Integer> WEIGHTS = List.of(0, 5, 10, 20, 40, 60, 100);

    private final World world;
    private final Faults faults;
    private final Dashboard dashboard;
    private final Scene scene;
    private final Map<String, ApiServer> clusters;
    /** As they were before it came, by route. */
    private final Map<String, Map<String, BigDecimal>> before = new HashMap<>();

    public OtherTool(World world, Faults faults, Dashboard dashboard, Scene scene, Map<String, ApiServer> clusters) {
        this.world = world;
        this.faults = faults;
        this.dashboard = dashboard;
        this.scene = scene;
        this.clusters = clusters;
    }

    public void begin() {
        world.in(BEAT_MILLIS, this::beat);
    }

    private void beat() {
        world.in(BEAT_MILLIS, this::beat);
        for (var target : scene.targets()) {
            var status = dashboard.of(scene.application(), target);
            var isObserved = status != null
                    && status.observation() != null
                    && !status.phase().isFinal();
            if (!clusters.get(target).isDown()) {
                scene.sites().forEach(site -> act(clusters.get(target), target, site, isObserved && !faults.areOver()));
            }
        }
    }

    private void act(ApiServer cluster, String target, Site site, boolean moves) {
        var route = site.route(target);
        var split = cluster.split(route);
        if (split == null) {
            return;
        }
        if (moves) {
            before.putIfAbsent(route, whole(split.weights()));
            var canary = site.manifest().isWhole()
                    ? world.chance().oneOf(List.of(0, 100))
                    : world.chance().oneOf(WEIGHTS);
            divide(
                    cluster,
                    site,
                    Map.of(
                            site.active(),
                            BigDecimal.valueOf(100 - (long) canary),
                            site.canary(),
                            BigDecimal.valueOf(canary)));
        } else if (before.containsKey(route)) {
            divide(cluster, site, before.remove(route));
        }
    }

    /** As somebody would write them. */
    private static Map<String, BigDecimal> whole(Map<String, BigDecimal> weights) {
        var whole = new HashMap<String, BigDecimal>();
        weights.forEach((backend, weight) -> whole.put(backend, weight.setScale(0, RoundingMode.HALF_UP)));
        return whole;
    }

    private static void divide(ApiServer cluster, Site site, Map<String, BigDecimal> weights) {
        cluster.edit(
                site.refs().getFirst(), NAME, false, object -> site.manifest().divide(object, site, weights));
    }
}
