package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.Plan;
import dev.sluice.applier.preflight.Check;
import dev.sluice.applier.preflight.Rehearsal;
import dev.sluice.applier.preflight.Seen;
import dev.sluice.applier.preflight.Tried;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.WeightOrder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What stands in the way of an order, before it is given. Reads, asks what the account may do, and has the API server try
 * the writes (dry runs): nothing is stored. Leaves what the routes know of their objects alone.
 */
public final class Preflight {
    private static final Logger LOG = Logger.getLogger(Preflight.class);

    private final Meshes meshes;
    private final PreflightReads reads;
    private final RoutingObjects objects;

    Preflight(Meshes meshes, PreflightReads reads, RoutingObjects objects) {
        this.meshes = meshes;
        this.reads = reads;
        this.objects = objects;
    }

    /** Blocks until all is looked at. Never throws: what could not be looked at is a finding. */
    public List<Finding> check(WeightOrder order) {
        try {
            return switch (meshes.match(order)) {
                case Match.None none -> List.of(Finding.error(Code.ROUTE_UNKNOWN, none.reason()));
                case Match.Found found -> check(reads.of(found, order));
            };
        } catch (RuntimeException e) {
            LOG.debug("a check broke off", e);
            return Check.shown(Stream.of(Finding.error(
                    Code.NOT_LOOKED_AT,
                    "nothing could be looked at: " + Failures.of(e).reason() + ": check again")));
        }
    }

    private List<Finding> check(Seen seen) {
        var rehearsal = Rehearsal.of(seen);
        var tried = rehearsal.placements().stream()
                .map(placement -> tried(placement, seen))
                .toList();
        return Check.findings(seen, rehearsal, tried);
    }

    /** Each write on its own: what a dry run answers is stored nowhere, so that no next one could build on it. */
    private Tried tried(Placement placement, Seen seen) {
        var after = seen.objects();
        for (var write : Plan.of(seen.mesh(), seen.objects(), placement)) {
            try {
                var version = after.version(write.ref().kind()).orElseThrow();
                after = after.with(write.ref(), objects.tryOut(write, version));
            } catch (KubernetesClientException e) {
                LOG.debug("a try failed", e);
                return new Tried(placement, after, Optional.of(refusal(e)));
            }
        }
        return new Tried(placement, after, Optional.empty());
    }

    private static Tried.Refusal refusal(KubernetesClientException answer) {
        return new Tried.Refusal(answer.getCode(), Failures.of(answer).reason());
    }
}
