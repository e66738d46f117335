package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shell's examples of README and docs/: every call of {@code sluice} is one that it understands, and every file of
 * this repository that they name is there. What others' tools take is theirs to say.
 */
class ShellExamplesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FENCED = Pattern.compile("^ *```sh\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HERE_DOCUMENT =
            Pattern.compile("<<'(\\w+)'\n.*?^\\1$", Pattern.MULTILINE | Pattern.DOTALL);
    /** Words as a shell reads them: what ends a call is a word too, and a comment none. */
    private static final Pattern WORD = Pattern.compile(
            "(?<comment>(?<=\\s)#[^\n]*)|(?<end>&&|[|;\n>)]|<\\()|(?<word>(?:'[^']*'|\"[^\"]*\"|[^\\s|;>)'\"])+)");

    private static final Set<String> FILE_OPTIONS = Set.of("-f", "--filename", "-k", "--patch-file");
    private static final Set<String> SLUICE = Set.of("sluice", "cli/sluice");

    /** @param words of one call, without those that end it */
    record Call(Path page, List<String> words) {
        /** What may be files; to kubectl {@code deploy/notifier} is none. */
        List<String> files() {
            return words.getFirst().equals("kubectl")
                    ? IntStream.range(1, words.size())
                            .filter(at -> FILE_OPTIONS.contains(words.get(at - 1)))
                            .mapToObj(words::get)
                            .toList()
                    : words;
        }

        @Override
        public String toString() {
            return page + ": " + String.join(" ", words);
        }
    }

    static List<Call> calls() throws IOException {
        try (var docs = Files.walk(TOP.resolve("docs"))) {
            return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md").map(TOP::resolve), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(ShellExamplesTest::calls)
                    .toList();
        }
    }

    static List<Call> callsOfSluice() throws IOException {
        return calls().stream()
                .filter(call -> SLUICE.contains(call.words().getFirst()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("callsOfSluice")
    void sluiceUnderstands(Call call) {
        // given
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        var here = new Surroundings(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), false);
        var words = call.words().subList(1, call.words().size()).toArray(String[]::new);

        // when
        var parsed = CommandLines.of(here).parseArgs(words);

        // then
        assertThat(parsed.unmatched()).isEmpty();
        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void everyFileOfThisRepositoryIsThere() throws IOException {
        // given
        Set<String> folders;
        try (var top = Files.list(TOP)) {
            folders = top.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName() + "/")
                    .collect(Collectors.toSet());
        }

        // when
        var named = calls().stream()
                .flatMap(call -> call.files().stream())
                .map(word -> word.replaceFirst("^@", ""))
                .filter(word -> folders.stream().anyMatch(word::startsWith) && !word.contains("/target/"))
                .collect(Collectors.toSet());

        // then
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(TOP.resolve(file)).exists());
    }

    @Test
    void everyTestThatMavenIsToRunIsThere() throws IOException {
        // given
        var tests = calls().stream()
                .flatMap(call -> call.words().stream())
                .filter(word -> word.startsWith("-Dtest=") || word.startsWith("-Dit.test="))
                .flatMap(word -> Stream.of(
                        word.substring(word.indexOf('=') + 1).replace("'", "").split(",")))
                .filter(test -> !test.equals("None"))
                .collect(Collectors.toSet());

        // then
        try (var files = Files.walk(TOP, 12)) {
            var there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(tests).isNotEmpty().allSatisfy(test -> assertThat(there).contains(test + ".java"));
        }
    }

    private static Stream<Call> calls(Path page) {
        String text;
        try {
            text = Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FENCED.matcher(text).results().flatMap(block -> calls(TOP.relativize(page), block.group(1)));
    }

    private static Stream<Call> calls(Path page, String block) {
        var calls = new ArrayList<Call>();
        var words = new ArrayList<String>();
        var alone = HERE_DOCUMENT.matcher(block).replaceAll("").replace("\\\n", " ") + "\n";
        var found = WORD.matcher(alone);
        while (found.find()) {
            if (found.group("word") != null) {
                words.add(found.group("word").replaceAll("^(['\"])(.*)\\1$", "$2"));
            } else if (found.group("end") != null && !words.isEmpty()) {
                calls.add(new Call(page, List.copyOf(words)));
                words.clear();
            }
        }
        return calls.stream();
    }
}
