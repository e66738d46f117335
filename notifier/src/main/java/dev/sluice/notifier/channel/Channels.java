package dev.sluice.notifier.channel;

import dev.sluice.notifier.config.ConfiguredText;
import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.notifier.config.NotifierConfig.Text;
import io.quarkus.mailer.reactive.ReactiveMailer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** The configured channels by name. One that can't work keeps the notifier from starting. */
@Singleton
public class Channels {
    private final Map<String, Channel> channels = new TreeMap<>();
    private final Post post;
    private final Duration timeout;
    private final ReactiveMailer mailer;
    private final Function<String, Optional<String>> keys;

    Channels(NotifierConfig config, ReactiveMailer mailer, Config keys) {
        this.timeout = config.notifier().timeout();
        this.post = new Post(timeout);
        this.mailer = mailer;
        this.keys = key -> keys.getOptionalValue(key, String.class);
        config.notifier().channels().forEach((name, channel) -> channels.put(name, channel(name, channel)));
    }

    private Channel channel(String name, NotifierConfig.Channel channel) {
        var setting = "sluice.notifier.channels." + name;
        return switch (channel.kind()) {
            case "slack" -> new Slack(post, url(channel, setting));
            case "teams" -> new Teams(post, url(channel, setting));
            case "webhook" -> new Webhook(post, url(channel, setting), secret(channel, setting), Clock.systemUTC());
            case "email" -> new Email(mailer, addressees(channel, setting), timeout);
            default ->
                throw new IllegalArgumentException(
                        setting + ".kind is " + channel.kind() + "; there are slack, teams, webhook and email");
        };
    }

    private ConfiguredText url(NotifierConfig.Channel channel, String setting) {
        return text(channel.url(), setting + ".url", Post::uri);
    }

    private ConfiguredText secret(NotifierConfig.Channel channel, String setting) {
        return text(channel.secret(), setting + ".secret", Signature::by);
    }

    private ConfiguredText text(Text text, String setting, Function<String, ?> check) {
        var configured = ConfiguredText.of(text, setting, keys);
        try {
            var unused = check.apply(configured.now());
        } catch (IOException e) {
            throw new UncheckedIOException(setting + " can't be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
        return configured;
    }

    private static List<String> addressees(NotifierConfig.Channel channel, String setting) {
        return channel.to()
                .filter(to -> !to.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(setting + ".to names nobody to write to"));
    }

    public Set<String> names() {
        return Set.copyOf(channels.keySet());
    }

    /** Empty for one that was configured once and isn't any more. */
    public Optional<Channel> named(String name) {
        return Optional.ofNullable(channels.get(name));
    }
}
