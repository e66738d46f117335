package dev.sluice.engine.core;

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
        var deliberation = new Deliberation(state, event.at());
        switch (event) {
            case Event.CommandReceived e -> Commands.take(deliberation, e);
            case Event.VerdictReceived e -> Verdicts.take(deliberation, e.verdict());
            case Event.ReportReceived e -> Reports.take(deliberation, e.report());
            case Event.TimeReached e -> Deadlines.take(deliberation);
            case Event.WebhookAnswered e -> noCall(deliberation, e.answer().call());
            case Event.WebhookCalledBack e -> noCall(deliberation, e.call());
        }
        Progress.settle(deliberation);
        return deliberation.decided();
    }

    private static void noCall(Deliberation deliberation, String call) {
        deliberation.ignore(null, "no such call is open: " + call);
    }
}
