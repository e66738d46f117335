package dev.sluice.applier.mesh;

import dev.sluice.applier.kubernetes.DirectObjects;
import java.util.Map;
import java.util.Set;

/** Does as the workloads' controllers do, of which an API server alone has none: all pods that are wanted are ready. */
final class PlayedController {
    /** All that it writes. */
    static final Set<String> PLACES = Set.of(
            "/status/observedGeneration",
            "/status/replicas",
            "/status/readyReplicas",
            "/status/availableReplicas",
            "/status/updatedReplicas");

    private static final String VERSION = "v1";

    private final DirectObjects api;

    PlayedController(DirectObjects api) {
        this.api = api;
    }

    void play(ObjectRef ref) {
        var live = api.get(ref, VERSION).orElseThrow();
        var wanted = Replicated.of(ref, live).wanted();
        var status = live.open("status");
        status.put("observedGeneration", live.at("metadata", "generation"));
        status.put("replicas", wanted);
        status.put("readyReplicas", wanted);
        api.putStatus(ref, VERSION, live);
    }

    /** As a case has it. */
    void put(ObjectRef ref, Document wanted) {
        var live = api.get(ref, VERSION).orElseThrow();
        live.open("status").putAll(Map.copyOf(wanted.open("status")));
        api.putStatus(ref, VERSION, live);
    }
}
