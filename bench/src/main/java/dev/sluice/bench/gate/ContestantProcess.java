package dev.sluice.bench.gate;

import dev.sluice.bench.BenchSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contestant in a JVM of its own, which does nothing until it is told to. */
final class ContestantProcess implements AutoCloseable {
    /** Room enough that nobody's time goes into a full heap. */
    private static final List<String> ROOM = List.of("-Xms1g", "-Xmx1g");

    private final Contestant.Kind kind;
    private final Path log;
    private final Process process;
    private final BufferedReader from;
    private final Writer to;

    ContestantProcess(Contestant.Kind kind, Course course, BenchSettings settings) {
        this.kind = kind;
        this.log = settings.folder().resolve("logs/gate-" + kind + ".log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // everyone as the gate in its image
        command.add("@" + settings.root().resolve("metrics-gate/jvm.options"));
        command.addAll(ROOM);
        if (settings.jfr()) {
            command.add("-XX:StartFlightRecording:settings=profile,filename="
                    + settings.folder().resolve("gate-" + kind + ".jfr"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContestantMain.class.getName()));
        command.add(kind.name());
        command.addAll(List.of(course.words().split(" ")));
        try {
            Files.createDirectories(log.getParent());
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(kind + " could not be started", e);
        }
        from = process.inputReader(StandardCharsets.UTF_8);
        to = process.outputWriter(StandardCharsets.UTF_8);
    }

    Lap lap() {
        try {
            to.write("go\n");
            to.flush();
            for (var line = from.readLine(); line != null; line = from.readLine()) {
                if (Lap.isLine(line)) {
                    return Lap.of(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(kind + " ended; see " + log, e);
        }
        throw new IllegalStateException(kind + " ended; see " + log);
    }

    /** It ends when there is nothing more to be told. */
    @Override
    public void close() {
        try {
            to.close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
