package dev.sluice.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The examples that are packaged with the schemas: documentation, and tests for whoever reads these messages with a
 * parser of their own. Listed in {@code examples/index.txt}, so that they are found in any class loader.
 */
public final class Examples {
    private static final String FOLDER = "/dev/sluice/schemas/examples/";

    /**
     * @param path such as {@code metric-event/invalid/nan.json}
     * @param expected what is beside it: the reason of an invalid message, or a rollout file's plan or problems as JSON;
     *     null for a valid message
     */
    public record Example(String path, String text, String expected) {
        public byte[] utf8() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** For parameterised tests. */
        @Override
        public String toString() {
            return path;
        }
    }

    private Examples() {}

    /** @param schema the schema's word, such as {@code command} or {@code rollout-file} */
    public static List<Example> valid(String schema) {
        return in(schema + "/valid/");
    }

    public static List<Example> invalid(String schema) {
        return in(schema + "/invalid/");
    }

    private static List<Example> in(String folder) {
        return resource("index.txt")
                .lines()
                .filter(path -> path.startsWith(folder))
                .filter(path -> !isBeside(path))
                .map(path -> new Example(path, resource(path), beside(path)))
                .toList();
    }

    private static boolean isBeside(String path) {
        return path.endsWith(".reason.txt") || path.endsWith(".plan.json") || path.endsWith(".problems.json");
    }

    private static String beside(String path) {
        var stem = path.substring(0, path.lastIndexOf('.'));
        return resource("index.txt")
                .lines()
                .filter(other -> isBeside(other) && other.startsWith(stem + "."))
                .findFirst()
                .map(other -> resource(other).strip())
                .orElse(null);
    }

    private static String resource(String path) {
        try (var stream = Examples.class.getResourceAsStream(FOLDER + path)) {
            if (stream == null) {
                throw new IllegalStateException("examples/" + path + " is not packaged");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
