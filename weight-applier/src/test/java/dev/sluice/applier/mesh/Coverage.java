package dev.sluice.applier.mesh;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/** How much of the contract each mesh has been held to, for people and for {@code target/mesh-coverage.json}. */
final class Coverage {
    private static final Path FILE = Path.of("target/mesh-coverage.json");

    private final String api;
    private final Map<String, Count> counts = new TreeMap<>();

    /** One entry of the file. */
    private record Count(String mesh, int cases, String api, int passed) {}

    /** @param api {@code real} or {@code mock} */
    Coverage(String api) {
        this.api = api;
    }

    /** Runs a check and counts it, as passed unless it throws, and not at all where it doesn't apply. */
    void count(Mesh mesh, Runnable check) {
        try {
            check.run();
            add(mesh, 1, 1);
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (RuntimeException | AssertionError failed) {
            add(mesh, 1, 0);
            throw failed;
        }
    }

    private void add(Mesh mesh, int cases, int passed) {
        counts.merge(
                mesh.name(),
                new Count(mesh.name(), cases, api, passed),
                (known, more) -> new Count(known.mesh, known.cases + more.cases, api, known.passed + more.passed));
    }

    void write() {
        System.out.println("the meshes' contract on the " + api + " API, passed of run: "
                + counts.values().stream()
                        .map(count -> count.mesh + " " + count.passed + "/" + count.cases)
                        .collect(Collectors.joining(", ")));
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(List.copyOf(counts.values())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
