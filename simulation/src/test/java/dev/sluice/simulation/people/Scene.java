package dev.sluice.simulation.people;

import dev.sluice.simulation.world.Chance;
import java.util.List;

/**
 * What the applications of a run are like.
 *
 * @param targets clusters, each later one dependent on the one before
 * @param routeName what its routing objects are called; two applications may be given the same
 */
public record Scene(String application, List<String> targets, String routeName) {
    public static final String NAMESPACE = "shop";
    public static final List<String> CLUSTERS = List.of("east", "west");

    static Scene of(Chance chance, String application, String routeName) {
        var targets = chance.percent(40) ? CLUSTERS : List.of(chance.oneOf(CLUSTERS));
        return new Scene("shop/" + application, targets, routeName);
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
        return routeName;
    }

    public String canary() {
        return routeName + "-canary";
    }

    public String route(String cluster) {
        return cluster + "/" + NAMESPACE + "/trafficsplits.split.smi-spec.io/" + routeName;
    }
}
