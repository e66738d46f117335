package dev.sluice.sandbox.view;

import java.io.IOException;

/** Whether someone watches. */
final class Terminal {
    private Terminal() {}

    /** Whether standard output is a terminal that understands control sequences. */
    static boolean watches() {
        if ("dumb".equals(System.getenv().getOrDefault("TERM", "dumb"))) {
            return false;
        }
        try {
            // System.console() asks about input as well, and what it answers depends on the JDK.
            var test = new ProcessBuilder("sh", "-c", "test -t 1")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return test.waitFor() == 0;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
