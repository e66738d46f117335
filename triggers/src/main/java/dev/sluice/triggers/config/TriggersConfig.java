package dev.sluice.triggers.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
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
    }
}
