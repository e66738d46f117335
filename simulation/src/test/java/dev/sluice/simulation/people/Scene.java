package dev.sluice.simulation.people;

import dev.sluice.simulation.manifest.HttpRoutes;
import dev.sluice.simulation.manifest.Manifest;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.manifest.Splits;
import dev.sluice.simulation.manifest.TwoServices;
import dev.sluice.simulation.manifest.VirtualServices;
import dev.sluice.simulation.world.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the applications of a run are like.
 *
 * @param targets clusters
 * @param sites its routes, moved together; two applications may be given the same
 */
public record Scene(String application, List<String> targets, List<Site> sites) {
    public static final String NAMESPACE = Manifest.NAMESPACE;
    public static final List<String> CLUSTERS = List.of("east", "west");

    private static Scene of(Chance chance, String application, Site site) {
        var targets = chance.percent(40) ? CLUSTERS : List.of(chance.oneOf(CLUSTERS));
        var sites = chance.percent(20) ? List.of(site, site(chance, site.name() + "-api")) : List.of(site);
        return new Scene("shop/" + application, targets, sites);
    }

    private static Site site(Chance chance, String name) {
        return new Site(name, manifest(chance, name));
    }

    /** Of four meshes that differ most: owned, edited in one list or several, and made of two objects. */
    private static Manifest manifest(Chance chance, String name) {
        return switch (chance.between(0, 9)) {
            case 0, 1, 2 -> new Splits();
            case 3, 4, 5 -> new HttpRoutes(HttpRoutes.hasRule(name) && chance.percent(60));
            case 6, 7 -> new VirtualServices();
            default -> new TwoServices();
        };
    }

    /** One to three applications; the last may want the first one's route. */
    public static List<Scene> draw(Chance chance) {
        var scenes = new ArrayList<Scene>();
        scenes.add(of(chance, "cart", site(chance, "cart")));
        if (chance.percent(50)) {
            scenes.add(of(chance, "search", site(chance, "search")));
        }
        if (chance.percent(40)) {
            var wanted = scenes.getFirst().sites().getFirst();
            scenes.add(of(chance, "rival", chance.percent(70) ? wanted : site(chance, "rival")));
        }
        return List.copyOf(scenes);
    }

    public String active() {
        return sites.getFirst().active();
    }

    public String canary() {
        return sites.getFirst().canary();
    }

    /** Whether some route of it can't divide traffic. */
    boolean isWhole() {
        return sites.stream().anyMatch(site -> site.manifest().isWhole());
    }

    /** The Services behind its routes. */
    public Stream<String> backends() {
        return sites.stream().flatMap(site -> Stream.of(site.active(), site.canary()));
    }

    public String route(String cluster) {
        return sites.getFirst().route(cluster);
    }
}
