package dev.sluice.engine.core;

import dev.sluice.engine.core.rule.Commands;
import dev.sluice.engine.core.rule.Deadlines;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Progress;
import dev.sluice.engine.core.rule.Reports;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.state.State;
import java.util.List;

/**
 * All rules of the engine. Pure: the same state and event always lead to the same decisions.
 *
 * <p>An event is first taken for itself; then every target goes on as far as it can by itself, such as a step that is
 * over or a target whose dependencies have just been promoted.
 */
public final class Decider {
    private Decider() {}

    public static List<Decision> decide(State state, Event event) {
        var deliberation = new Draft(state, event.at());
        switch (event) {
            case Event.CommandReceived e -> Commands.take(deliberation, e);
            case Event.VerdictReceived e -> Verdicts.take(deliberation, e.verdict());
            case Event.ReportReceived e -> Reports.take(deliberation, e.report());
            case Event.TimeReached e -> Deadlines.take(deliberation);
        }
        Progress.settle(deliberation);
        return deliberation.decided();
    }
}
