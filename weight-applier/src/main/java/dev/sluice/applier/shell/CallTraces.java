package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decision;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.telemetry.Hop;
import dev.sluice.telemetry.Tracing;

/** Spans of calls to the API server: those that an order led to, and every write. Looks of routes at rest have none. */
final class CallTraces {
    private final Tracing tracing;

    CallTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    Hop begin(Decision.Call call, Lineage lineage) {
        var isLook = call instanceof Decision.Look;
        if (isLook && lineage.traceparent() == null) {
            return Hop.unseen(lineage);
        }
        var order = call.order();
        return tracing.call((isLook ? "look at " : "write ") + kind(order.route()), lineage)
                .about("application", order.application())
                .about("target", order.target())
                .about("rollout", order.rollout())
                .about("route", order.route())
                .about("sequence", order.sequence())
                .about("weight", order.weight());
    }

    /** @param route {@code cluster/namespace/plural.group/name} and maybe {@code /rule} */
    private static String kind(String route) {
        return route.split("/", 4)[2];
    }
}
