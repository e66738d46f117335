package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The routes of every target, and what has to hold among them: each target has one, and no two are the same object. */
final class Routes {
    private static final Set<String> SETTINGS = Set.of("targets", "onPromoted", "ownership");

    private final JsonNode file;
    private final Problems problems;
    private final Map<String, List<Route>> byTarget = new LinkedHashMap<>();
    private final Set<String> covered = new HashSet<>();
    private final Map<String, String> holders = new HashMap<>();

    Routes(JsonNode file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Map<String, List<Route>> byTarget() {
        file.path("targets").fieldNames().forEachRemaining(target -> byTarget.put(target, new ArrayList<>()));
        var traffic = file.path("trafficManagement");
        for (int i = 0; i < traffic.size(); i++) {
            entry(traffic.path(i), Pointer.of("trafficManagement").to(i));
        }
        byTarget.forEach((target, routes) -> {
            if (!covered.contains(target)) {
                problems.add(Pointer.of("targets", target), "no entry of trafficManagement gives this target a route");
            }
        });
        return byTarget;
    }

    private void entry(JsonNode entry, Pointer at) {
        var smi = entry.path("smi");
        for (var target : targetsOf(entry)) {
            if (namesAMesh(entry)) {
                covered.add(target);
            }
            for (int i = 0; i < smi.size(); i++) {
                if (smi.path(i).path("rootServiceName").isTextual()) {
                    add(
                            target,
                            smiRoute(target, entry, SmiEntry.of(smi.path(i))),
                            at.to("smi").to(i));
                }
            }
        }
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

    private Route smiRoute(String targetName, JsonNode entry, SmiEntry smi) {
        var target = file.path("targets").path(targetName);
        return new Route(
                smi.identity(
                        target.path("cluster").asText(),
                        target.path("namespace").asText()),
                "smi",
                smi.active(),
                smi.canary(),
                word(OnPromoted.class, entry.path("onPromoted"), OnPromoted.SWAP),
                word(Ownership.class, entry.path("ownership"), Ownership.OWN),
                smi.asMap());
    }

    private void add(String target, Route route, Pointer at) {
        if (route.active().equals(route.canary())) {
            problems.add(
                    at,
                    "the active and the canary Service are both `" + route.active() + "`; there is nothing to shift");
        }
        if (route.canary().length() > 63) {
            problems.add(at, "`" + route.canary() + "` is longer than a Service's name may be; set canaryServiceName");
        }
        var holder = holders.putIfAbsent(route.identity(), target);
        if (holder != null) {
            problems.add(at, "`%s` is one object, named for target `%s` already".formatted(route.identity(), holder));
        }
        var routes = byTarget.get(target);
        if (!routes.isEmpty() && routes.getFirst().onPromoted() != route.onPromoted()) {
            problems.add(at, "all routes of target `" + target + "` have to end the same way: one onPromoted");
        }
        routes.add(route);
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
