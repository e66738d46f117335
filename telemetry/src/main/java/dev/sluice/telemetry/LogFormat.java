package dev.sluice.telemetry;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * What lines of the console look like. Quarkus' own extension for that is not served where this was built; this one begins a little
 * later, once the service starts.
 */
@ApplicationScoped
class LogFormat {
    private final Format format;

    private enum Format {
        TEXT,
        JSON
    }

    LogFormat(@ConfigProperty(name = "sluice.logs.format") String format) {
        this.format = Arrays.stream(Format.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("sluice.logs.format is " + format + "; it may be text or json"));
    }

    /** Before anything of the service says something. */
    void onStart(@Observes @Priority(1) StartupEvent event) {
        if (format == Format.JSON) {
            consoles(LogManager.getLogManager().getLogger("").getHandlers())
                    .forEach(console -> console.setFormatter(new JsonLines()));
        }
    }

    private static Stream<ConsoleHandler> consoles(Handler... handlers) {
        return Arrays.stream(handlers).flatMap(handler -> switch (handler) {
            case ConsoleHandler console -> Stream.of(console);
            case ExtHandler of -> consoles(of.getHandlers());
            default -> Stream.empty();
        });
    }
}
