package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' tool that checks rules and settings, where {@link PrometheusPart#available} says that there is one. */
public final class Promtool {
    private static final int LIMIT_SECONDS = 60;

    private final Path executable;

    public Promtool() {
        executable = PrometheusBinaries.folder()
                .orElseThrow(() -> new IllegalStateException("no promtool here"))
                .resolve("promtool");
    }

    /** @param output of both kinds */
    public record Outcome(int exitCode, String output) {}

    public Outcome run(String... arguments) {
        var command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        try {
            var tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var output = tool.getInputStream()) {
                var words = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                if (!tool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("promtool does not end: " + words);
                }
                return new Outcome(tool.exitValue(), words);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while promtool ran", e);
            } finally {
                tool.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
