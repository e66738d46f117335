package dev.sluice.gate.kafka;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.TargetKey;
import java.time.Instant;
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
    private final FreezeRules rules;
    private final Outbound outbound;
    /** Ids of what was said last, so that it isn't said at every turn. */
    private final Map<TargetKey, String> lifted = new HashMap<>();

    AlertFreezes(Gate gate, FreezeRules rules, Outbound outbound) {
        this.gate = gate;
        this.rules = rules;
        this.outbound = outbound;
    }

    /**
     * @param said once the gate has heard it
     * @param sends gets what was sent
     */
    void freeze(Batch.Said said, List<Future<?>> sends) {
        if (said.freeze() != null && gate.isBelieved(said.heard())) {
            sends.add(outbound.command(said.freeze(), said.at()));
        }
    }

    /** @param sends gets what was sent */
    void liftDue(List<Future<?>> sends) {
        for (var key : rules.keys()) {
            gate.lastResolved(key).ifPresent(last -> {
                var lift = rules.lift(key, last);
                if (!lift.id().equals(lifted.put(key, lift.id()))) {
                    sends.add(outbound.command(lift, Instant.ofEpochMilli(last.sinceMillis())));
                }
            });
        }
    }
}
