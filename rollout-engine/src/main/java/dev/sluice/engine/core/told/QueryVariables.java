package dev.sluice.engine.core.told;

import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What templates of queries may name of a rollout: only what is known, so that a template that needs more is refused, not filled with nothing. */
public final class QueryVariables {
    private QueryVariables() {}

    public static Map<String, String> of(State state, TargetRun run, Variants variants) {
        var names = new TreeMap<String, String>();
        names.put("application", state.application());
        names.put("target", run.name());
        names.put("rollout", state.rollout().id());
        put(names, "revision", variants.canary());
        put(names, "stableRevision", variants.stable());
        put(names, "cluster", run.plan().cluster());
        put(names, "namespace", run.plan().namespace());
        routes(state, run).findFirst().ifPresent(route -> {
            put(names, "mesh", route.plan().mesh());
            put(names, "service", route.canary());
            put(names, "stableService", route.active());
            if (run.plan().workload() != null) {
                put(names, "workload", workload(run.plan().workload(), route.isTurned() ? "active" : "canary"));
                put(names, "stableWorkload", workload(run.plan().workload(), route.isTurned() ? "canary" : "active"));
            }
        });
        return names;
    }

    /** Before it begins, in the roles that its backends would begin with. */
    private static Stream<RouteRun> routes(State state, TargetRun run) {
        return run.traffic().routes().isEmpty()
                ? run.plan().routes().stream()
                        .map(route ->
                                RouteRun.of(route, state.route(route.identity()).activeOf(route)))
                : run.traffic().routes().stream();
    }

    private static String workload(Map<String, Object> workloads, String side) {
        return workloads.get(side) instanceof Map<?, ?> workload && workload.get("name") instanceof String name
                ? name
                : null;
    }

    private static void put(Map<String, String> names, String name, String value) {
        if (value != null) {
            names.put(name, value);
        }
    }
}
