package dev.sluice.triggers.hook;

import dev.sluice.triggers.config.ConfiguredText;
import dev.sluice.triggers.config.TriggersConfig;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Those who may send webhooks, by the names in their paths. One that can't work keeps the triggers from starting, with words. */
@Singleton
public class Senders {
    /** As rules name the topic of CDEvents: whoever may write to it has proven enough. */
    static final String TOPIC = "topic";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Map<String, Sender> senders = new TreeMap<>();

    /** @param header that has its proof; null: the kind's own */
    record Sender(String name, Kind kind, ConfiguredText secret, String header) {}

    Senders(TriggersConfig config, Config settings) {
        config.triggers().hooks().senders().forEach((name, sender) -> {
            var at = "sluice.triggers.hooks.senders." + name;
            if (!NAME.matcher(name).matches() || name.equals(TOPIC)) {
                throw new IllegalArgumentException(
                        at + ": use at most 32 lower-case letters, digits and '-', and not the name topic");
            }
            var secret = ConfiguredText.of(
                    sender.secret(), at + ".secret", key -> settings.getOptionalValue(key, String.class));
            senders.put(
                    name,
                    new Sender(
                            name,
                            Kind.of(sender.kind()),
                            secret,
                            sender.header().orElse(null)));
        });
    }

    Optional<Sender> named(String name) {
        return Optional.ofNullable(senders.get(name));
    }

    /** Those that rules may name. */
    public Set<String> names() {
        var names = new TreeSet<>(senders.keySet());
        names.add(TOPIC);
        return names;
    }
}
