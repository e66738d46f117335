package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.HeldRevisions.Held;
import dev.sluice.schemas.message.CommandType;

/** A revision that a person went back from is held against automation, whatever way the person took (B47). */
public final class WentBack {
    private WentBack() {}

    public static void take(Draft d, Event event) {
        switch (event) {
            case Event.CommandReceived e -> {
                if (!e.command().automated() && isBack(d, e.command().type())) {
                    hold(d, e.command().actor());
                }
            }
            case Event.ReportReceived e ->
                d.decided().stream()
                        .filter(Decision.RollbackBegan.class::isInstance)
                        .map(decision -> ((Decision.RollbackBegan) decision).actor())
                        .filter(actor -> actor != null)
                        .findFirst()
                        .ifPresent(actor -> hold(d, actor));
            case Event.VerdictReceived e -> {}
            case Event.WebhookAnswered e -> {}
            case Event.WebhookCalledBack e -> {}
            case Event.TimeReached e -> {}
        }
    }

    /** What a start replaces nobody went back from, unless it asks for what was before. */
    private static boolean isBack(Draft d, CommandType type) {
        return d.decided().stream()
                .anyMatch(decision -> (decision instanceof Decision.RollbackBegan began && began.actor() != null)
                        || (decision instanceof Decision.Cancelled && type != CommandType.START));
    }

    private static void hold(Draft d, String actor) {
        var revision = d.state().rollout().revision();
        if (revision == null) {
            return;
        }
        var words = actor + " went back from " + revision + ": automation may start it again only after 'release'";
        d.decide(new Decision.RevisionHeld(why(null, words), d.at(), new Held(revision, actor, d.at())));
    }
}
