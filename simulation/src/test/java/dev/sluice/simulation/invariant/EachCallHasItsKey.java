package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * By its idempotency key whoever is called knows what is wanted: one effect of one step, however often it is asked for, and
 * another where the step is entered again. Nobody is called whom no step asks for, nor more often than the file says.
 */
public final class EachCallHasItsKey implements Invariant {
    private final Map<String, Object> meant = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private boolean isRestored;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            // a step that the lost database had entered is entered again, and asks for the same effect
            case Observation.Restored restored -> isRestored = true;
            case Observation.Committed committed -> committed.decisions().forEach(this::decided);
            case Observation.Called called -> called(called.call());
            default -> {}
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof Decision.StepEntered entered && entered.stage() instanceof Gate gate) {
            for (var condition : gate.conditions()) {
                if (condition instanceof Condition.Webhook webhook && !opened.add(webhook.key()) && !isRestored) {
                    throw new Violation(this, "another step has the key " + webhook.key() + " already");
                }
            }
        }
    }

    private void called(WebhookCall call) {
        if (!opened.contains(call.key())) {
            throw new Violation(this, "no step asks for " + call);
        }
        if (call.attempt() > call.webhook().retryCount() + 1) {
            throw new Violation(this, "called too often: " + call);
        }
        var now = Map.of("webhook", call.webhook(), "variables", new TreeMap<>(call.variables()));
        var before = meant.putIfAbsent(call.key(), now);
        if (before != null && !before.equals(now)) {
            throw new Violation(this, call.key() + " means " + now + " and meant " + before);
        }
    }
}
