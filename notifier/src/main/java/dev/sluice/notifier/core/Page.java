package dev.sluice.notifier.core;

import dev.sluice.schemas.message.Status;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The dashboard's page of a rollout's target. */
final class Page {
    private Page() {}

    static String of(URI dashboard, Status status) {
        var base = dashboard.toString();
        // an application's name has no character that a path couldn't have
        return (base.endsWith("/") ? base : base + "/") + "rollouts/" + status.application() + "/"
                + URLEncoder.encode(status.target(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
