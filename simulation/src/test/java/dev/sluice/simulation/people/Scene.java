package dev.sluice.simulation.people;

import dev.sluice.simulation.world.Chance;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the applications of a run are like.
 *
 * @param targets clusters, each later one dependent on the one before
 * @param routeNames what its routing objects are called, moved together; two applications may be given the same
 */
public record Scene(String application, List<String> targets, List<String> routeNames) {
    public static final String NAMESPACE = "shop";
    public static final List<String> CLUSTERS = List.of("east", "west");

    static Scene of(Chance chance, String application, String routeName) {
        var targets = chance.percent(40) ? CLUSTERS : List.of(chance.oneOf(CLUSTERS));
        var names = chance.percent(20) ? List.of(routeName, routeName + "-api") : List.of(routeName);
        return new Scene("shop/" + application, targets, names);
    }

    /** One to three applications; the last may want the first one's route. */
    public static List<Scene> draw(Chance chance) {
        var scenes = new java.util.ArrayList<Scene>();
        scenes.add(of(chance, "cart", "cart"));
        if (chance.percent(50)) {
            scenes.add(of(chance, "search", "search"));
        }
        if (chance.percent(40)) {
            scenes.add(of(chance, "rival", chance.percent(70) ? "cart" : "rival"));
        }
        return List.copyOf(scenes);
    }

    public String active() {
        return active(routeNames.getFirst());
    }

    public String canary() {
        return canary(routeNames.getFirst());
    }

    static String active(String routeName) {
        return routeName;
    }

    static String canary(String routeName) {
        return routeName + "-canary";
    }

    /** The Services behind its routes. */
    public Stream<String> backends() {
        return routeNames.stream().flatMap(name -> Stream.of(active(name), canary(name)));
    }

    public String route(String cluster) {
        return route(cluster, routeNames.getFirst());
    }

    static String route(String cluster, String routeName) {
        return cluster + "/" + NAMESPACE + "/trafficsplits.split.smi-spec.io/" + routeName;
    }
}
