package dev.sluice.engine.shell;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.webhook.Caller;
import java.util.ArrayList;
import java.util.List;

/** What a transaction comes to in the tables of webhooks: calls to be made, those that are answered, callbacks that came. */
final class WebhookRows {
    private final List<Changes.Call> calls = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final List<Changes.Callback> callbacks = new ArrayList<>();

    void add(List<WebhookCall> due) {
        for (var call : due) {
            calls.add(new Changes.Call(
                    call.id(),
                    call.application(),
                    call.target(),
                    Caller.host(call),
                    call.webhook().timeout().toMillis(),
                    call));
        }
    }

    void took(Event event, List<Decision> led) {
        switch (event) {
            case Event.WebhookAnswered e -> answered.add(e.answer().call());
            case Event.WebhookCalledBack e -> callbacks.add(callback(e, led));
            case Event.CommandReceived e -> {}
            case Event.VerdictReceived e -> {}
            case Event.ReportReceived e -> {}
            case Event.TimeReached e -> {}
        }
    }

    /** One that led to nothing but being ignored came too late, and is told so. */
    private static Changes.Callback callback(Event.WebhookCalledBack event, List<Decision> led) {
        var ignored = led.stream().filter(Decision.Ignored.class::isInstance).findFirst();
        var isTaken = led.stream().anyMatch(decision -> !(decision instanceof Decision.Ignored));
        var words = ignored.filter(decision -> !isTaken)
                .map(decision -> decision.why().words())
                .orElse("");
        return new Changes.Callback(event.call(), isTaken, words, event.at());
    }

    boolean hasCalls() {
        return !calls.isEmpty();
    }

    Changes.Webhooks rows() {
        return new Changes.Webhooks(calls, answered, callbacks);
    }
}
