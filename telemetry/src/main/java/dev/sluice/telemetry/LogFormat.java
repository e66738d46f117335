package dev.sluice.telemetry;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * What lines of the console look like. Quarkus' own extension for that is not served where this was built; this one begins a little
 * later, once the service starts.
 */
@ApplicationScoped
class LogFormat {
    private final LogConfig.Format format;

    LogFormat(LogConfig config) {
        this.format = config.format();
    }

    /** Before anything of the service says something. */
    void onStart(@Observes @Priority(1) StartupEvent event) {
        if (format == LogConfig.Format.JSON) {
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
