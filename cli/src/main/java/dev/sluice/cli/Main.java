package dev.sluice.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the launcher starts. */
public final class Main {
    /** Set by the launcher, which can ask the shell: Java 21 can't tell whether standard output is a terminal. */
    static final String TERMINAL = "sluice.terminal";

    private Main() {}

    public static void main(String... args) {
        // whatever the locale: files and names are UTF-8
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new Surroundings(System.in, out, err, System.getenv(), Boolean.getBoolean(TERMINAL)), args));
    }

    /** The whole of it in this process; returns the exit code. */
    public static int run(Surroundings here, String... args) {
        return CommandLines.of(here).execute(args);
    }
}
