package dev.sluice.engine.core;

import java.util.List;

/** The calls that follow from decisions: stored in the same transaction, and made after it. */
public final class WebhookCalls {
    private WebhookCalls() {}

    public static List<WebhookCall> of(State before, Event event, List<Decision> decisions) {
        // no step of the rules calls anybody yet
        return List.of();
    }
}
