package dev.sluice.simulation.invariant;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.world.Observation;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whatever an engine has committed is on its topic in the end, whoever died in between. */
public final class NothingCommittedIsLost implements Invariant {
    private final Set<String> promised = new LinkedHashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> promised.clear();
            case Observation.Promised(var ids, var at) -> promised.addAll(ids);
            case Observation.Appended(var topic, var partition, var offset, var key, var message, var at) -> {
                if (message != null) {
                    promised.remove(id(message));
                }
            }
            default -> {}
        }
    }

    private static String id(Object message) {
        return switch (message) {
            case WeightOrder order
            when order.observe() -> Keys.observed(order.application(), order.route()) + "/" + order.generation();
            case WeightOrder order
            when order.check() ->
                Keys.check(order.route()) + "/" + order.generation() + "/"
                        + order.deadline().toEpochMilli();
            case WeightOrder order -> order.route() + "/" + order.generation() + "." + order.sequence();
            case AnalysisSet set ->
                set.application() + "/" + set.target() + "/" + set.generation() + "." + set.revision();
            case Status status -> status.application() + "/" + status.target() + "/" + status.version();
            case Audit audit -> audit.id();
            default -> "";
        };
    }

    @Override
    public void atEnd(Ending ending) {
        if (!promised.isEmpty() || ending.unsent() > 0) {
            throw new Violation(this, ending.unsent() + " unsent, and never published: " + promised);
        }
    }
}
