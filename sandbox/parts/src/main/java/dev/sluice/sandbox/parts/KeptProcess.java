package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A child process that is started again, with the same command, when it ends without having been told to. */
final class KeptProcess implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeptProcess.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String name;
    private final ProcessBuilder builder;
    private final Consumer<ProcessHandle> born;
    private Process process;
    private boolean closed;

    private KeptProcess(String name, List<String> command, Path log, Consumer<ProcessHandle> born) {
        this.name = name;
        this.born = born;
        this.builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /**
     * @param log gets its output
     * @param born is told of the process, and of each that takes its place
     */
    static KeptProcess start(String name, List<String> command, Path log, Consumer<ProcessHandle> born) {
        var kept = new KeptProcess(name, command, log, born);
        kept.begin();
        return kept;
    }

    synchronized ProcessHandle handle() {
        return process.toHandle();
    }

    private synchronized void begin() {
        if (closed) {
            return;
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
        born.accept(process.toHandle());
        var current = process;
        Thread.ofVirtual().name("keeps-" + name).start(() -> replace(current));
    }

    /** Once it has ended. */
    private void replace(Process current) {
        var code = current.onExit().join().exitValue();
        if (isClosed()) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "{0} ended by itself, exit code {1}; it is started again", name, code);
        LockSupport.parkNanos(PAUSE.toNanos());
        begin();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            process.destroyForcibly();
        }
        process.onExit().join();
    }
}
