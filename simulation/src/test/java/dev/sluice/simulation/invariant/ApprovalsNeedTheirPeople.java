package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.simulation.world.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No target goes on past an approval without as many different people as it asks for, each with one of its roles, and none of
 * them whoever started the rollout where that doesn't count (B22). Whoever skips it is one of them.
 */
public final class ApprovalsNeedTheirPeople implements Invariant {
    /** Whose word was taken at the gate where a target is, by rollout and target. */
    private final Map<String, List<Command>> words = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> words.clear();
            case Observation.Committed committed ->
                committed.each((state, decision) -> {
                    if (state.rollout() != null && decision.target() != null) {
                        decided(state.rollout(), decision, committed.event());
                    }
                });
            default -> {}
        }
    }

    private void decided(Rollout rollout, Decision decision, Event event) {
        var key = rollout.id() + "/" + decision.target();
        switch (decision) {
            case Decision.Approved approved -> heard(key, event);
            case Decision.StepSkipped skipped -> heard(key, event);
            case Decision.Redirected redirected -> heard(key, event);
            case Decision.StepEntered entered -> {
                leaves(rollout, decision, key);
                if (entered.stage() instanceof Stage.Gate) {
                    words.put(key, new ArrayList<>());
                }
            }
            case Decision.RaiseHeld held -> leaves(rollout, decision, key);
            case Decision.StepsDone done -> leaves(rollout, decision, key);
            case Decision.Began began -> leaves(rollout, decision, key);
            case Decision.Promoted promoted when !promoted.blocks() -> leaves(rollout, decision, key);
            default -> {}
        }
    }

    private void heard(String key, Event event) {
        if (words.containsKey(key) && event instanceof Event.CommandReceived received) {
            words.get(key).add(received.command());
        }
    }

    private void leaves(Rollout rollout, Decision decision, String key) {
        var stage = rollout.target(decision.target()).orElseThrow().stage();
        var heard = words.remove(key);
        if (heard != null && stage instanceof Stage.Gate gate) {
            for (var condition : gate.conditions()) {
                if (condition instanceof Condition.Approval approval) {
                    check(rollout, approval.asks(), heard, decision);
                }
            }
        }
    }

    private void check(Rollout rollout, Step.Approval asks, List<Command> heard, Decision decision) {
        var people = heard.stream()
                .filter(word -> asks.requiresRoles().isEmpty()
                        || word.roles().stream().anyMatch(asks.requiresRoles()::contains))
                .map(Command::actor)
                .filter(actor -> !asks.notByStarter() || !actor.equals(rollout.actor()))
                .distinct()
                .count();
        if (people < asks.minApprovals()) {
            throw new Violation(
                    this, rollout.id() + " passes " + asks + " with " + people + " of its people: " + decision);
        }
    }
}
