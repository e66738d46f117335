package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code docs/cli} says what the commands say. {@code -Dpages.write=true} writes it anew. */
class PagesTest {
    private static final Path FOLDER = Path.of("../docs/cli");
    private static final boolean WRITE = Boolean.getBoolean("pages.write");

    @Test
    void everyCommandHasAPageThatIsUpToDate() throws IOException {
        // given
        var pages = new TreeMap<String, String>();
        collect(commandLine().getCommandSpec(), pages);
        // when
        if (WRITE) {
            write(pages);
        }
        // then
        var found = new TreeMap<String, String>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(found)
                .as("docs/cli is out of date: run this test with -Dpages.write=true")
                .isEqualTo(pages);
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        try (var files = Files.list(FOLDER)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        for (var page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }

    private static CommandLine commandLine() {
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        return CommandLines.of(new Surroundings(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), false));
    }

    private static void collect(CommandSpec command, Map<String, String> pages) {
        pages.put(Page.file(command), Page.of(command));
        command.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), pages));
    }
}
