package dev.sluice.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Ends the child processes if this one dies without ending them itself, as {@code kill -9} makes it. A small shell
 * holds the other end of a pipe: when the pipe breaks, it kills what it was told of. Works on any Unix, needs no rights.
 */
final class ChildGuard implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChildGuard.class.getName());
    /** Ctrl-C reaches the whole group of processes; the guard must outlive the one it guards against. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            while read -r pid; do
              [ "$pid" = done ] && exit 0
              pids="$pids $pid"
            done
            [ -n "$pids" ] && kill -9 $pids 2>/dev/null
            """;

    private final Process shell;
    private final Writer pipe;

    ChildGuard() {
        try {
            shell = new ProcessBuilder("sh", "-c", SCRIPT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            pipe = shell.outputWriter(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a shell", e);
        }
    }

    /** From now on this process ends when we do, however we do. */
    void watch(ProcessHandle child) {
        say(Long.toString(child.pid()));
    }

    /** Watches everything that we have started so far. */
    void watchDescendants() {
        ProcessHandle.current()
                .descendants()
                .filter(child -> child.pid() != shell.pid())
                .forEach(this::watch);
    }

    /** The children have been ended properly. */
    @Override
    public void close() {
        say("done");
    }

    private synchronized void say(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "children would outlive a kill -9 of this process", e);
        }
    }
}
