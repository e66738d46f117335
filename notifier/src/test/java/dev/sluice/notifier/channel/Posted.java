package dev.sluice.notifier.channel;

import dev.sluice.notifier.Statuses;
import dev.sluice.notifier.config.ConfiguredText;
import dev.sluice.notifier.config.NotifierConfig.Text;
import dev.sluice.notifier.core.ApplicationPattern;
import dev.sluice.notifier.core.Message;
import dev.sluice.notifier.core.Rule;
import dev.sluice.notifier.core.Watch;
import dev.sluice.notifier.core.Wording;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.cel.StatusExpression;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What tests of channels send. */
final class Posted {
    private Posted() {}

    static Message message() {
        return of(Statuses.example("awaiting-approval"));
    }

    static Message of(Status status) {
        var rule = new Rule(
                "approval",
                StatusExpression.of("true"),
                List.of(ApplicationPattern.of("*")),
                List.of("room"),
                Optional.empty(),
                Optional.empty());
        var wording = new Wording(Optional.of(URI.create("https://sluice.example.com")));
        return new Watch(List.of(rule), wording, Statuses.THEN)
                .see(null, status, Statuses.THEN)
                .orElseThrow()
                .made()
                .getFirst();
    }

    static ConfiguredText text(String value) {
        return ConfiguredText.of(said(value, null), "test", key -> Optional.empty());
    }

    static ConfiguredText file(Path file) {
        return ConfiguredText.of(said(null, file), "test", key -> Optional.empty());
    }

    private static Text said(String value, Path file) {
        return new Text() {
            @Override
            public Optional<String> value() {
                return Optional.ofNullable(value);
            }

            @Override
            public Optional<String> key() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> file() {
                return Optional.ofNullable(file);
            }
        };
    }
}
