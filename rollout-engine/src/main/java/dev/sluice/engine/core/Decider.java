package dev.sluice.engine.core;

import dev.sluice.engine.core.rule.Deadlines;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Progress;
import dev.sluice.engine.core.rule.Reports;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.rule.WentBack;
import dev.sluice.engine.core.rule.command.Commands;
import dev.sluice.engine.core.rule.step.Webhooks;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import java.util.List;

/**
 * All rules of the engine. Pure: the same state and event always lead to the same decisions.
 *
 * <p>An event is first taken for itself; then every target goes on as far as it can by itself, such as a step that is
 * over or a target whose dependencies have just been promoted.
 */
public final class Decider {
    private Decider() {}

    public static List<Decision> decide(State state, Surroundings surroundings, Event event) {
        var draft = new Draft(state, surroundings, event);
        switch (event) {
            case Event.CommandReceived e -> Commands.take(draft, e);
            case Event.VerdictReceived e -> Verdicts.take(draft, e.verdict());
            case Event.ReportReceived e -> Reports.take(draft, e.report());
            case Event.TimeReached e -> Deadlines.take(draft);
            case Event.WebhookAnswered e -> Webhooks.answered(draft, e.answer());
            case Event.WebhookCalledBack e -> Webhooks.calledBack(draft, e);
        }
        WentBack.take(draft, event);
        Progress.settle(draft);
        return draft.decided();
    }
}
