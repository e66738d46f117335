package dev.sluice.notifier.core;

import dev.sluice.schemas.message.Status;
import java.util.List;

/**
 * What a message says, before a channel gives it a form.
 *
 * @param link to the dashboard's page of this rollout; null where no dashboard is configured
 * @param status the one that the rule holds of; null where it is too long to be kept
 */
public record Content(String title, String text, List<Fact> facts, String link, Status status) {
    /** A line below the text. */
    public record Fact(String name, String value) {}

    public Content {
        facts = List.copyOf(facts);
    }
}
