package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/add-a-mesh.md against what it quotes. */
class AddAMeshTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern QUOTE =
            Pattern.compile("\\]\\((?<file>\\.\\./[^)]+)\\):?\n\n```\\w*\n(?<text>.*?)```", Pattern.DOTALL);
    private static final int QUOTES = 9;

    @Test
    @DisplayName("every block below a link to a file stands in that file")
    void quotesWhatIsThere() throws IOException {
        // given
        var quotes = QUOTE.matcher(Files.readString(DOCS.resolve("add-a-mesh.md")))
                .results()
                .toList();

        // then
        assertThat(quotes).hasSize(QUOTES);
        for (var quote : quotes) {
            assertThat(plain(Files.readString(DOCS.resolve(quote.group("file")))))
                    .as(quote.group("file"))
                    .contains(plain(quote.group("text")));
        }
    }

    /** Without indentation: a quote may begin further left. */
    private static String plain(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
