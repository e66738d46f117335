package dev.sluice.triggers.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set about the triggers; as an environment variable {@code SLUICE_TRIGGERS_NAMESPACES}, for {@code sluice.triggers.namespaces}. */
@ConfigMapping(prefix = "sluice")
public interface TriggersConfig {
    Topics topics();

    Triggers triggers();

    interface Topics {
        /** What every topic's name begins with; the same for all services. */
        @WithDefault("rollout.")
        String prefix();
    }

    interface Triggers {
        /** Whether custom resources of the kind SluiceRollout are watched. */
        @WithDefault("true")
        boolean resources();

        /** Where; all namespaces unless said. */
        Optional<List<String>> namespaces();

        /** How far back answers of the engine are read at the start: longer than this service is ever away. */
        @WithDefault("PT24H")
        Duration reachBack();

        /** After how long without an answer the same command is sent once more, which is no second effect. */
        @WithDefault("PT30S")
        Duration askAgainAfter();

        Deployments deployments();

        Hooks hooks();

        @WithName("cdevents")
        CdEvents cdEvents();
    }

    /** Deployments whose annotation names the rollout file that a change of their template starts. */
    interface Deployments {
        @WithDefault("false")
        boolean watch();

        /** Which are looked at, by labels, such as {@code sluice.dev/watch=true}; all unless said. */
        Optional<String> selector();
    }

    /** Events by the CDEvents specification, on topics. */
    interface CdEvents {
        /** Whether it is told on {@code <prefix>cdevents} what rollouts come to. */
        @WithDefault("false")
        boolean tell();

        /** Whether what was published is read from {@link #topic}, and starts what rules say of {@code topic}. */
        @WithDefault("false")
        boolean hear();

        /** Where other systems tell what they published. */
        @WithDefault("cdevents")
        String topic();
    }

    /** Webhooks of other systems. */
    interface Hooks {
        /** The file that says which of them start what; unsaid, none does. */
        Optional<Path> rules();

        /** How often that file is looked at. */
        @WithDefault("PT5S")
        Duration reloadEvery();

        /** The folder of the rollout files that rules name. */
        Optional<Path> files();

        /** By the name in their path, {@code /api/hooks/<name>}. */
        Map<String, Sender> senders();
    }

    interface Sender {
        /** {@code argocd}, {@code flux}, {@code flux-hmac}, {@code github}, {@code gitlab} or {@code cdevents}. */
        String kind();

        /** What it proves itself with. */
        Text secret();

        /** The header that has the proof; the kind's own unless said. */
        Optional<String> header();
    }

    /** Exactly one of the three. */
    interface Text {
        /** As it is: for tests. */
        Optional<String> value();

        /** The environment variable or configuration key that has it; read at the start. */
        Optional<String> key();

        /** The file that has it; read anew for every request, so that it may be replaced. White space around it is left out. */
        Optional<Path> file();
    }
}
