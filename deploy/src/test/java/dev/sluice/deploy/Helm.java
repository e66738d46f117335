package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The helm that {@code helm.sh} finds or builds. Where it can do neither, the test is skipped; never in CI. */
final class Helm {
    static final Path CHART = Path.of("helm/sluice");
    static final String NAMESPACE = "sluice";

    private static String executable;

    /** @param out of standard output, {@code err} of standard error */
    record Said(int exitCode, String out, String err) {}

    private Helm() {}

    private static synchronized String executable() {
        if (executable == null) {
            var found = run(List.of("./helm.sh"), Map.of());
            assumeTrue(found.exitCode() == 0 || System.getenv("CI") != null, () -> "without a helm:\n" + found.err());
            assertThat(found.exitCode()).as(found.err()).isZero();
            executable = found.out().strip();
        }
        return executable;
    }

    static Said run(Map<String, String> environment, String... words) {
        var command = new ArrayList<>(List.of(executable()));
        command.addAll(List.of(words));
        return run(command, environment);
    }

    /** What {@code helm template} makes of these values, several files of which the later count more. */
    static Rendered template(Values... values) {
        return template(NAMESPACE, values);
    }

    static Rendered template(String namespace, Values... values) {
        var said = tryTemplate(namespace, values);
        assertThat(said.exitCode()).as(said.err()).isZero();
        return Rendered.read(said.out());
    }

    static Said tryTemplate(String namespace, Values... values) {
        var words = new ArrayList<>(List.of("template", "sluice", CHART.toString(), "--namespace", namespace));
        for (var some : values) {
            words.addAll(List.of("--values", some.file().toString()));
        }
        return run(Map.of(), words.toArray(String[]::new));
    }

    private static Said run(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            var out = text(process.getInputStream());
            return new Said(process.waitFor(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while helm ran", e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of values. */
    record Values(Path file) {
        private static final Path FOLDER = Path.of("src/test/resources/values");

        /** Of the tests' own. */
        static Values named(String name) {
            return new Values(FOLDER.resolve(name + ".yaml"));
        }

        /** What is the least that has to be said. */
        static Values least() {
            return named("least");
        }

        static Values of(String yaml) {
            try {
                var file = Files.createTempFile("values", ".yaml");
                file.toFile().deleteOnExit();
                return new Values(Files.writeString(file, yaml));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
