package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes of every target, and what has to hold among them: each target has one, and no two are the same object. */
final class Routes {
    /** Keys of an entry of {@code trafficManagement} that name no mesh. */
    static final Set<String> SETTINGS = Set.of("targets", "onPromoted", "ownership", "sessionAffinity");

    private static final int LONGEST_BACKEND = 63;

    private final JsonNode file;
    private final Problems problems;
    private final Durations durations;
    private final Map<String, List<Route>> byTarget = new LinkedHashMap<>();
    private final Set<String> covered = new HashSet<>();
    private final Map<String, String> holders = new HashMap<>();

    /** @param durations tells of those that are out of bounds where the file's shape is valid */
    Routes(JsonNode file, Problems problems, Durations durations) {
        this.file = file;
        this.problems = problems;
        this.durations = durations;
    }

    Map<String, List<Route>> byTarget() {
        file.path("targets").fieldNames().forEachRemaining(target -> byTarget.put(target, new ArrayList<>()));
        var traffic = file.path("trafficManagement");
        for (int i = 0; i < traffic.size(); i++) {
            entry(traffic.path(i), Pointer.of("trafficManagement").to(i));
        }
        byTarget.forEach((target, routes) -> {
            if (!covered.contains(target)) {
                problems.add(
                        Pointer.of("targets", target),
                        "no entry of trafficManagement gives this target a route; add one such as `trafficManagement: [{targets: [\""
                                + target + "\"], smi: [{rootServiceName: <the Service that clients call>}]}]`",
                        MeshEntries.names());
            }
        });
        return byTarget;
    }

    private void entry(JsonNode entry, Pointer at) {
        var affinity = affinity(entry.path("sessionAffinity"), at.to("sessionAffinity"));
        var strategies = new HashSet<String>();
        for (var target : targetsOf(entry)) {
            // what a mesh can't carry of a strategy is told once, however many targets have it
            var isFirst = strategies.add(strategyOf(target));
            if (namesAMesh(entry)) {
                covered.add(target);
            }
            for (var mesh : MeshEntries.all()) {
                var items = entry.path(mesh.name());
                for (int i = 0; i < items.size(); i++) {
                    var here = at.to(mesh.name()).to(i);
                    mesh.read(items.path(i))
                            .ifPresent(named -> add(target, route(target, entry, affinity, mesh, named), here));
                    mesh.beside(items.path(i))
                            .cannot(mesh.name(), affinity)
                            .ifPresent(words -> problems.add(at.to("sessionAffinity"), words));
                    if (isFirst) {
                        carries(mesh, items.path(i), target);
                    }
                    selects(entry, mesh, items.path(i), here);
                }
            }
        }
    }

    private void selects(JsonNode entry, MeshEntry mesh, JsonNode item, Pointer here) {
        var onPromoted = word(OnPromoted.class, entry.path("onPromoted"), OnPromoted.SWAP);
        if (onPromoted == OnPromoted.SELECTOR && !mesh.hasServices(item)) {
            problems.add(
                    here,
                    "its backends have no Services of their own whose selectors could be switched: say onPromoted: swap or"
                            + " handback");
        }
    }

    /** Null where there is none, or something is wrong with it, which is told. */
    private SessionAffinity affinity(JsonNode affinity, Pointer at) {
        if (!affinity.isObject()) {
            return null;
        }
        var maxAge = durations.read(affinity.path("maxAge"), at.to("maxAge"), SessionAffinity.A_DAY);
        var read = new SessionAffinity(
                affinity.path("cookie").asText(), durations.atLeastASecond(maxAge, at.to("maxAge")));
        return read.isNamed() && read.lasts() ? read : null;
    }

    private static boolean namesAMesh(JsonNode entry) {
        // whichever: a mesh that is unknown or not carried out yet has been told already
        return entry.properties().stream().map(Map.Entry::getKey).anyMatch(key -> !SETTINGS.contains(key));
    }

    private List<String> targetsOf(JsonNode entry) {
        if (!entry.path("targets").isArray()) {
            return List.copyOf(byTarget.keySet());
        }
        var named = new ArrayList<String>();
        entry.path("targets").forEach(target -> named.add(target.asText()));
        return named.stream().filter(byTarget::containsKey).distinct().toList();
    }

    private Route route(
            String targetName, JsonNode entry, SessionAffinity affinity, MeshEntry mesh, MeshEntry.Named named) {
        var target = file.path("targets").path(targetName);
        return new Route(
                named.identity(
                        target.path("cluster").asText(),
                        target.path("namespace").asText()),
                mesh.name(),
                named.active(),
                named.canary(),
                word(OnPromoted.class, entry.path("onPromoted"), OnPromoted.SWAP),
                word(Ownership.class, entry.path("ownership"), Ownership.OWN),
                affinity,
                named.entry());
    }

    private void add(String target, Route route, Pointer at) {
        if (route.active().equals(route.canary())) {
            problems.add(
                    at,
                    "the active and the canary backend are both `" + route.active() + "`; there is nothing to shift");
        }
        if (route.canary().length() > LONGEST_BACKEND) {
            problems.add(
                    at, "`" + route.canary() + "` is longer than a Service's name may be: name the canary backend");
        }
        holders.keySet().stream()
                .filter(other -> overlap(other, route.identity()))
                .findFirst()
                .ifPresent(other -> problems.add(
                        at, "`%s` is one object, named for target `%s` already".formatted(other, holders.get(other))));
        holders.putIfAbsent(route.identity(), target);
        var routes = byTarget.get(target);
        if (!routes.isEmpty() && routes.getFirst().onPromoted() != route.onPromoted()) {
            problems.add(at, "all routes of target `" + target + "` have to end the same way: one onPromoted");
        }
        routes.add(route);
    }

    /** One names the other, or an object as a whole each of its rules. */
    private static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + "/") || other.startsWith(one + "/");
    }

    /** Whether the mesh can carry what the target's strategy sets. */
    private void carries(MeshEntry mesh, JsonNode item, String target) {
        var strategy = strategyOf(target);
        var canary = file.path("strategies").path(strategy).path("canary");
        var at = Pointer.of("strategies", strategy, "canary");
        var resolution = mesh.resolution(item);
        var beside = mesh.beside(item);
        for (var step : WrittenStep.of(canary.path("steps"), at.to("steps"))) {
            var weight = step.body().path("weight");
            if (step.is("setWeight") && weight.isNumber()) {
                finerThan(
                        weight.decimalValue(),
                        mesh,
                        resolution,
                        target,
                        step.at().to("weight"));
            }
            if (step.is("setMatch")) {
                cannot(beside.cannot(mesh.name(), Matches.match(step.body())), target, step.at());
            }
            if (step.is("setMirror")) {
                cannot(beside.cannot(mesh.name(), Matches.mirror(step.body())), target, step.at());
            }
        }
        Ramps.weights(canary.path("ramp")).stream()
                .map(Weight::percent)
                .filter(weight -> isFiner(weight, resolution))
                .findFirst()
                .ifPresent(weight -> finerThan(weight, mesh, resolution, target, at.to("ramp")));
    }

    private String strategyOf(String target) {
        return file.path("targets").path(target).path("strategy").asText();
    }

    private void cannot(Optional<String> words, String target, Pointer at) {
        words.ifPresent(why -> problems.add(at, why + " (target `" + target + "`)"));
    }

    private void finerThan(BigDecimal weight, MeshEntry mesh, Weight resolution, String target, Pointer at) {
        if (isFiner(weight, resolution)) {
            problems.add(
                    at,
                    "`%s` is finer than %s can carry for target `%s`: write %s"
                            .formatted(
                                    weight.toPlainString(),
                                    mesh.name(),
                                    target,
                                    resolution.equals(Weight.FULL) ? "0 or 100" : "a multiple of " + resolution));
        }
    }

    private static boolean isFiner(BigDecimal weight, Weight resolution) {
        return weight.remainder(resolution.percent()).signum() != 0;
    }

    private static <E extends Enum<E>> E word(Class<E> type, JsonNode word, E defaultsTo) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word.asText())) {
                return constant;
            }
        }
        return defaultsTo;
    }
}
