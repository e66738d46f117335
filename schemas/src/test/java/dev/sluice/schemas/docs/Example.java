package dev.sluice.schemas.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of README, CONTRIBUTING or a page of docs/.
 *
 * @param page from the top of the repository
 * @param kind what stands behind the fence: a language, and where a test looks for one among others a second word
 * @param line where it begins, from 1
 */
record Example(String page, String kind, String text, int line) {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FENCED =
            Pattern.compile("^( *)```(?<kind>[^\n]*)\n(?<text>.*?)^\\1```$", Pattern.MULTILINE | Pattern.DOTALL);

    static List<Example> all() throws IOException {
        try (var docs = Files.walk(TOP.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md").map(TOP::resolve),
                            docs.filter(path -> path.toString().endsWith(".md")).sorted())
                    .flatMap(Example::of)
                    .toList();
        }
    }

    private static Stream<Example> of(Path page) {
        var text = read(page);
        return FENCED.matcher(text).results().map(found -> {
            var before = text.substring(0, found.start());
            return new Example(
                    TOP.relativize(page).toString(),
                    found.group("kind"),
                    found.group("text").stripIndent(),
                    (int) before.lines().count() + 1);
        });
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + kind;
    }
}
