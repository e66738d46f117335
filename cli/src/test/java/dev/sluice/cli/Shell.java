package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command line in this process, with a terminal, an environment and an input of its own. */
record Shell(Map<String, String> environment, String input, boolean terminal) {
    record Ran(int exit, String out, String err) {}

    static Shell plain() {
        return new Shell(Map.of(), "", false);
    }

    /** With the address of a server. */
    static Shell of(ScriptedServer server) {
        return plain().with("SLUICE_URL", server.url());
    }

    Shell with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new Shell(more, input, terminal);
    }

    Shell given(String text) {
        return new Shell(environment, text, terminal);
    }

    Shell onTerminal() {
        return new Shell(environment, input, true);
    }

    Ran run(String line) {
        return run(List.of(line.split(" ")));
    }

    Ran run(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var here = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                terminal);
        var exit = Main.run(here, words.toArray(String[]::new));
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
