package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README and docs/: whoever follows a link arrives, and every page can be found. */
class PagesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = TOP.resolve("docs");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)\\s]*)?\\)");

    static List<Path> pages() throws IOException {
        try (var docs = Files.walk(DOCS)) {
            var top =
                    Stream.of("README.md", "CONTRIBUTING.md", "bench/README.md").map(TOP::resolve);
            return Stream.concat(
                            top,
                            docs.filter(path -> path.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        assertThat(linked(page)).allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void everyPageIsLinkedFromAnother() throws IOException {
        // given
        var found = new TreeSet<Path>();
        for (var page : pages()) {
            found.addAll(linked(page));
        }

        // then
        try (var docs = Files.list(DOCS)) {
            assertThat(found).containsAll(docs.filter(Files::isRegularFile).collect(Collectors.toSet()));
        }
    }

    private static Set<Path> linked(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(link -> page.resolveSibling(link.group(1)).normalize())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
