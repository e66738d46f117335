package dev.sluice.sandbox.view;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whether someone watches. */
final class Terminal {
    private Terminal() {}

    /** Whether standard output is a terminal that understands control sequences. */
    static boolean watches() {
        // System.console() asks about input as well, and what it answers depends on the JDK.
        return !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"))
                && shell("test -t 1 && echo yes >&2").equals("yes");
    }

    /** How many columns it has now; 80 if it does not say. */
    static int columns() {
        var size = shell("stty size </dev/tty >&2").split(" ");
        return size.length == 2 && size[1].matches("[1-9]\\d{0,3}") ? Integer.parseInt(size[1]) : 80;
    }

    private static String shell(String script) {
        try {
            // The answer comes by standard error, for standard output is what is asked about.
            var process = new ProcessBuilder("sh", "-c", script)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException noShell) {
            return "";
        }
    }
}
