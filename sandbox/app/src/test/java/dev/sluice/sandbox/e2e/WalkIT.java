package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.SluiceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/walk.md: every line of its walk by the command line, one after the other, ends as the page says. */
class WalkIT {
    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("^sluice (.*?)(?:\\s+# ends with (\\d).*)?$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    private CommandLine sluice;

    @Test
    void theWalkGoesWhereThePageSays() throws Exception {
        try (var trial = new Trial("walk")) {
            // given
            sluice = new CommandLine(
                    trial.application(),
                    Map.of(
                            "SLUICE_URL",
                            "http://localhost:"
                                    + World.running()
                                            .services()
                                            .get(SluiceService.ENGINE)
                                            .port()));
            var file =
                    Files.writeString(folder.resolve("walk.yaml"), here(Files.readString(DOCS.resolve("walk.yaml"))));
            walk("sluice start -f docs/walk.yaml --revision 1.4.0 --wait --no-wait-approval # ends with 7", file);

            // when
            var last = "";
            for (var block : blocks()) {
                for (var line : block.lines().toList()) {
                    last = walk(line, file);
                }
            }

            // then
            assertThat(last).contains("failed-orders", "10");
        }
    }

    private static Iterable<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(DOCS.resolve("walk.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.startsWith("sluice"))
                .toList();
    }

    /** @return what it printed */
    private String walk(String line, Path file) {
        var read = LINE.matcher(line);
        assertThat(read.matches()).as(line).isTrue();
        var words = new ArrayList<String>();
        WORD.matcher(here(read.group(1))).results().map(WalkIT::word).forEach(words::add);
        words.replaceAll(word -> word.equals("docs/walk.yaml") ? file.toString() : word);
        if (words.getFirst().equals("emit-metric")) {
            words.add("--bootstrap");
            words.add(World.running().platform().kafka().bootstrapServers());
        }
        var ran = sluice.run(words);
        var exit = read.group(2) == null ? 0 : Integer.parseInt(read.group(2));
        assertThat(ran.exit()).as("%s%n%s%s", line, ran.out(), ran.err()).isEqualTo(exit);
        return ran.out();
    }

    private static String word(MatchResult word) {
        return word.group(1) == null ? word.group(2) : word.group(1);
    }

    /** The sandbox's shop, as the end-to-end tests have it. */
    private static String here(String text) {
        return text.replace("demo/shop", "e2e/walk")
                .replace("cluster: local, namespace: demo", "cluster: prod, namespace: shop")
                .replace("Name: shop", "Name: walk");
    }
}
