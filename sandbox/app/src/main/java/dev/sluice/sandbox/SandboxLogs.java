package dev.sluice.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what the parts log to a file, so that the terminal belongs to the view. */
final class SandboxLogs {
    private SandboxLogs() {}

    static void to(Path file) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT,%1$tL %4$-7s [%3$s] %5$s%6$s%n");
        try {
            Files.createDirectories(file.getParent());
            LogManager.getLogManager().reset();
            var handler = new FileHandler(file.toString(), true);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.INFO);
            Logger.getLogger("").addHandler(handler);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot log to " + file, e);
        }
    }
}
