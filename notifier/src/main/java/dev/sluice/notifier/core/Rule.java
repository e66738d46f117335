package dev.sluice.notifier.core;

import dev.sluice.schemas.rollout.cel.StatusExpression;
import java.util.List;
import java.util.Optional;

/**
 * When which channels are told. It tells once for each time that it begins to hold of a rollout's target, not for each status.
 *
 * @param applications one of them has to fit
 * @param to channels, by name
 * @param title in place of the default; empty: the default
 * @param text likewise
 */
public record Rule(
        String name,
        StatusExpression when,
        List<ApplicationPattern> applications,
        List<String> to,
        Optional<Template> title,
        Optional<Template> text) {
    public Rule {
        applications = List.copyOf(applications);
        to = List.copyOf(to);
    }

    /** A rule whose condition is another is another rule: what was remembered of the first says nothing about it. */
    String key() {
        return name + ": " + when;
    }

    boolean isFor(String application) {
        return applications.stream().anyMatch(pattern -> pattern.matches(application));
    }
}
