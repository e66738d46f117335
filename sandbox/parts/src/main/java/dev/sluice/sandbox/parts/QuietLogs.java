package dev.sluice.sandbox.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the parts' own chatter out of the output of whoever runs them: warnings and errors only. */
final class QuietLogs {
    // java.util.logging holds loggers weakly and forgets a level with its logger.
    private static final List<Logger> KEPT = new ArrayList<>();

    private QuietLogs() {}

    static void of(String... categories) {
        for (var category : categories) {
            set(category, Level.WARNING);
        }
    }

    static void errorsOnly(String category) {
        set(category, Level.SEVERE);
    }

    private static synchronized void set(String category, Level level) {
        var logger = Logger.getLogger(category);
        logger.setLevel(level);
        KEPT.add(logger);
    }
}
