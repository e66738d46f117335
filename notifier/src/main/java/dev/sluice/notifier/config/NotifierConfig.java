package dev.sluice.notifier.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set about the notifier; as an environment variable {@code SLUICE_NOTIFIER_RULES}, for {@code sluice.notifier.rules}. */
@ConfigMapping(prefix = "sluice")
public interface NotifierConfig {
    Topics topics();

    Notifier notifier();

    interface Topics {
        /** What every topic's name begins with; the same for all services. The consumer group carries it too. */
        @WithDefault("rollout.")
        String prefix();
    }

    interface Notifier {
        /** The file that says who is told what. */
        Path rules();

        /** How often that file is looked at. */
        @WithDefault("PT5S")
        Duration reloadEvery();

        /** Where the dashboard is, for links to it; unsaid, messages have none. */
        Optional<URI> dashboardUrl();

        /** Before the very first start nothing has been told; what was decided at most so long before it is told then. */
        @WithDefault("PT0S")
        Duration reachBack();

        /** How long one try of a channel may take. */
        @WithDefault("PT10S")
        Duration timeout();

        /** How long a message is tried in one channel before it is given up. */
        @WithDefault("PT10M")
        Duration giveUpAfter();

        /** The longest pause between two tries; the first is a second, and each is twice the one before. */
        @WithDefault("PT1M")
        Duration longestPause();

        /** Messages that may wait for one channel; further ones are given up at once. */
        @WithDefault("1000")
        int waiting();

        /** By the name that rules say in {@code to}. */
        Map<String, Channel> channels();
    }

    interface Channel {
        /** {@code slack}, {@code teams}, {@code webhook} or {@code email}. */
        String kind();

        /** Of all but {@code email}. With Slack and Teams whoever knows it may write: name it by {@code key} or {@code file}. */
        Text url();

        /** Of {@code webhook}: what messages are signed with. */
        Text secret();

        /** Of {@code email}: divided by commas. */
        Optional<List<String>> to();
    }

    /** Exactly one of the three. */
    interface Text {
        /** What is no secret, as it is. */
        Optional<String> value();

        /** The environment variable or configuration key that has it; read at the start. */
        Optional<String> key();

        /** The file that has it; read anew for every message, so that it may be replaced. White space around it is left out. */
        Optional<Path> file();
    }

    /** The group that shares the partitions of the status topic. */
    default String group() {
        return topics().prefix() + "notifier";
    }

    /** The topic in which is kept what was seen and sent. */
    default String ledger() {
        return topics().prefix() + "notifications";
    }
}
