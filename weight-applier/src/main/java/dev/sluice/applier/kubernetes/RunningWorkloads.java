package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Running;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.WeightOrder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What runs behind an order's backends, asked of the API server and watched from then on. */
class RunningWorkloads {
    private final RoutingObjects objects;
    private final Watches watches;

    RunningWorkloads(RoutingObjects objects, Watches watches) {
        this.objects = objects;
        this.watches = watches;
    }

    /** By backend, of those whose workload the order names; the canary's is always among them then. */
    Map<String, Running> of(WeightOrder order) {
        var running = new HashMap<String, Running>();
        Workload.of(order).forEach((backend, workload) -> running.put(backend, running(workload, order)));
        if (order.namesCanaryWorkload()) {
            running.putIfAbsent(order.canary(), Workload.unknown());
        }
        return running;
    }

    private Running running(Workload workload, WeightOrder order) {
        var ref = workload.ref();
        var version = ref.kind().versions().getFirst();
        watches.need(ref.kind(), version, ref.namespace());
        try {
            return objects.get(ref, version)
                    .map(document -> workload.running(document, order.revision(), replicaSets(workload)))
                    .orElseGet(workload::absent);
        } catch (KubernetesClientException e) {
            return workload.unseen(Failures.of(e).reason());
        }
    }

    private List<Document> replicaSets(Workload workload) {
        var sets = Workload.REPLICA_SETS;
        return workload.needsReplicaSets()
                ? objects.list(sets, sets.versions().getFirst(), workload.ref().namespace())
                : List.of();
    }
}
