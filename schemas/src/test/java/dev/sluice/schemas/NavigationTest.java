package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.reader.YamlTree;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** mkdocs.yml: the site's navigation has every page once. */
class NavigationTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = TOP.resolve("docs");

    @Test
    void everyPageStandsInTheNavigationOnce() throws Exception {
        // given
        var entries = new ArrayList<String>();
        collect(YamlTree.parse(Files.readString(TOP.resolve("mkdocs.yml"))).path("nav"), entries);

        // when
        var shown = new ArrayList<Path>();
        for (var entry : entries) {
            var pages = pages(entry);
            assertThat(pages)
                    .as(entry)
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(page).exists());
            shown.addAll(pages);
        }

        // then
        try (var docs = Files.walk(DOCS)) {
            var missing = docs.filter(path -> path.toString().endsWith(".md"))
                    .filter(page -> !shown.contains(page))
                    .map(page -> DOCS.relativize(page).toString())
                    .toList();
            assertThat(missing).as("give them a place in mkdocs.yml").isEmpty();
            assertThat(shown).doesNotHaveDuplicates();
        }
    }

    private static void collect(JsonNode entry, List<String> entries) {
        if (entry.isTextual()) {
            entries.add(entry.textValue());
        } else {
            entry.forEach(each -> collect(each, entries));
        }
    }

    /** As docs/site/hook.py has them: README is the first page, and what is outside docs/ is below source/. */
    private static List<Path> pages(String entry) throws IOException {
        if (entry.equals("index.md")) {
            return List.of(TOP.resolve("README.md"));
        }
        if (entry.startsWith("source/")) {
            return List.of(TOP.resolve(entry.substring("source/".length())));
        }
        if (!entry.contains("*")) {
            return List.of(DOCS.resolve(entry));
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + DOCS.resolve(entry));
        try (var docs = Files.walk(DOCS)) {
            return docs.filter(matcher::matches).toList();
        }
    }
}
