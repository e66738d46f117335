package dev.sluice.engine.core.told;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.rollout.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls that follow from decisions: stored in the same transaction, and made after it. */
public final class WebhookCalls {
    private WebhookCalls() {}

    public static List<WebhookCall> of(State before, List<Decision> decisions) {
        var calls = new ArrayList<WebhookCall>();
        var state = before;
        for (var decision : decisions) {
            state = Replay.apply(state, decision);
            for (var condition : begun(decision)) {
                if (condition.progress() == Condition.Webhook.Progress.CALLING) {
                    calls.add(call(state, decision.target(), condition));
                }
            }
        }
        return calls;
    }

    private static List<Condition.Webhook> begun(Decision decision) {
        return switch (decision) {
            case Decision.StepEntered entered
            when entered.stage() instanceof Gate gate ->
                gate.conditions().stream()
                        .filter(Condition.Webhook.class::isInstance)
                        .map(Condition.Webhook.class::cast)
                        .toList();
            case Decision.WebhookWent went -> List.of(went.now());
            default -> List.of(); // calls nobody
        };
    }

    private static WebhookCall call(State state, String target, Condition.Webhook condition) {
        return new WebhookCall(
                condition.call(),
                condition.key(),
                state.application(),
                target,
                condition.asks(),
                variables(state, target),
                condition.attempt(),
                condition.until());
    }

    /** {@link Webhook#VARIABLES}, but for the address of the callback, which the shell knows. */
    private static Map<String, String> variables(State state, String target) {
        var rollout = state.rollout();
        var run = rollout.target(target).orElseThrow();
        var variables = new TreeMap<String, String>();
        variables.put("application", state.application());
        variables.put("target", target);
        variables.put("rollout", rollout.id());
        variables.put("revision", rollout.revision() == null ? "" : rollout.revision());
        variables.put("step", Integer.toString(run.position().step()));
        variables.put("cluster", run.plan().cluster());
        variables.put("namespace", run.plan().namespace());
        return variables;
    }
}
