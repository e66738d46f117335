package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * No target goes on past a webhook but by what its own call came to: whoever was called answered well, or where a callback is
 * asked for called back in time, with the token of that call, that it went well (B23). People may pass over it.
 */
public final class WebhooksPassByTheirAnswers implements Invariant {
    private static final Set<CommandType> PASSING = Set.of(CommandType.SKIP, CommandType.PROMOTE, CommandType.GOTO);

    private final Set<String> answeredWell = new HashSet<>();
    private final Set<String> calledBackWell = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.AnsweredWell answered -> answeredWell.add(answered.call());
            case Observation.CalledBack back -> {
                if (back.success()) {
                    calledBackWell.add(back.call());
                }
            }
            case Observation.Committed committed -> {
                if (!isPassing(committed.event())) {
                    committed.each((state, decision) -> decided(state, decision, committed.event()));
                }
            }
            default -> {}
        }
    }

    private static boolean isPassing(Event event) {
        return event instanceof Event.CommandReceived received
                && PASSING.contains(received.command().type());
    }

    private void decided(State state, Decision decision, Event event) {
        for (var webhook : open(state, decision.target())) {
            switch (decision) {
                case Decision.WebhookWent went -> went(event, webhook, went);
                case Decision.StepEntered entered -> throw passed(webhook, decision);
                case Decision.RaiseHeld held -> throw passed(webhook, decision);
                case Decision.StepsDone done -> throw passed(webhook, decision);
                case Decision.Began began -> throw passed(webhook, decision);
                case Decision.Promoted promoted when !promoted.blocks() -> throw passed(webhook, decision);
                default -> {}
            }
        }
    }

    private Violation passed(Condition.Webhook webhook, Decision decision) {
        return new Violation(this, webhook.call() + " is " + webhook.progress() + ", and yet: " + decision);
    }

    private static List<Condition.Webhook> open(State state, String target) {
        return Stream.ofNullable(target == null ? null : state.rollout())
                .flatMap(rollout -> rollout.target(target).stream())
                .flatMap(run -> run.stage() instanceof Gate gate ? gate.conditions().stream() : Stream.of())
                .filter(Condition.Webhook.class::isInstance)
                .map(Condition.Webhook.class::cast)
                .filter(webhook -> !webhook.isOver())
                .toList();
    }

    private void went(Event event, Condition.Webhook before, Decision.WebhookWent went) {
        if (!before.key().equals(went.now().key()) || !went.now().isOver()) {
            return;
        }
        var isEarned = before.asks().disableCallback()
                ? answeredWell.contains(before.call())
                : calledBackWell.stream().anyMatch(before::made) && isInTime(before, event);
        if (!isEarned) {
            throw new Violation(this, before.call() + " passes by " + event);
        }
    }

    private static boolean isInTime(Condition.Webhook webhook, Event event) {
        return webhook.progress() != Condition.Webhook.Progress.CALLED
                || event.at().isBefore(webhook.until());
    }
}
