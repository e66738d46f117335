package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.TargetKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Says to the engine what the rules' alerts come to: a freeze when one fires, its end when the last is resolved. Whoever owns a rule's
 * partition says it, in the order of that partition; what it says again after it took the partition over has no second effect.
 */
final class AlertFreezes {
    private final Gate gate;
    private final Outbound outbound;
    /** The end that each rule heard of last, unless one fired since: until none fires, and it is known that none does. */
    private final Map<TargetKey, Batch.Said> ends = new HashMap<>();

    AlertFreezes(Gate gate, Outbound outbound) {
        this.gate = gate;
        this.outbound = outbound;
    }

    /**
     * @param said once the gate has heard it
     * @param sends gets what was sent
     */
    void hear(Batch.Said said, List<Future<?>> sends) {
        if (said.command() == null || !gate.isBelieved(said.heard())) {
            return;
        }
        if (!said.heard().alert().firing()) {
            ends.put(said.heard().key(), said);
            return;
        }
        ends.remove(said.heard().key());
        if (said.isNews()) {
            send(said, sends);
        }
    }

    /**
     * @param partitions of this instance: what it heard of others is for those to say who have them
     * @param sends gets what was sent
     */
    void liftDue(Collection<Integer> partitions, List<Future<?>> sends) {
        ends.values().removeIf(end -> {
            if (!partitions.contains(end.heard().partition())) {
                return true;
            }
            var isDue = gate.isQuiet(end.heard().key());
            if (isDue) {
                send(end, sends);
            }
            return isDue;
        });
    }

    private void send(Batch.Said said, List<Future<?>> sends) {
        sends.add(outbound.command(said.command(), said.at()));
    }
}
