package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
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
    private static final Pattern LINK = Pattern.compile("\\]\\((?<path>[^)#:\\s]*)(?:#(?<heading>[^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.+?) *$", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    /** Of a link in a heading its text is left, of anything else what isn't punctuation. */
    private static final Pattern LINKED = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N} _-]");

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

    @ParameterizedTest
    @MethodSource("pages")
    void everyHeadingThatIsLinkedToIsThere(Path page) throws IOException {
        for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
            var heading = link.group("heading");
            var to = at(page, link);
            if (heading != null && to.toString().endsWith(".md")) {
                assertThat(anchors(to)).as(to.toString()).contains(heading);
            }
        }
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
                .map(link -> at(page, link))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path at(Path page, MatchResult link) {
        var path = link.group("path");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** As repositories' pages and the site have them: the words in lower case with hyphens between. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(heading -> LINKED.matcher(heading.group(1)).replaceAll("$1"))
                .map(words ->
                        PUNCTUATION.matcher(words.toLowerCase(Locale.ROOT)).replaceAll(""))
                .map(words -> words.replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
