package dev.sluice.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the service's lines look. */
@ConfigMapping(prefix = "sluice.logs")
interface LogConfig {
    @WithDefault("text")
    Format format();

    enum Format {
        /** For people: {@code quarkus.log.console.format} says how. */
        TEXT,
        /** An object per line. */
        JSON
    }
}
