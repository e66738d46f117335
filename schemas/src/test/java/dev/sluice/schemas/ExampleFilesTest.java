package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Examples.Example;
import dev.sluice.schemas.wire.MessageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No example lies about unused, unlisted or without what it is expected to lead to. */
class ExampleFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/sluice/schemas/examples");

    static List<String> schemas() {
        return Stream.concat(MessageType.ALL.stream().map(MessageType::schema), Stream.of("rollout-file"))
                .toList();
    }

    @Test
    void theIndexListsEveryFile() throws IOException {
        // given
        try (var files = Files.walk(FOLDER)) {
            var there = files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.equals("index.txt"))
                    .sorted()
                    .toList();

            // when
            var listed = Files.readAllLines(FOLDER.resolve("index.txt"));

            // then
            assertThat(listed).isEqualTo(there);
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaHasValidAndInvalidExamples(String schema) {
        assertThat(Examples.valid(schema)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Examples.invalid(schema)).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyInvalidExampleSaysWhatIsExpected(String schema) {
        assertThat(Examples.invalid(schema))
                .allSatisfy(example ->
                        assertThat(example.expected()).as(example.path()).isNotBlank());
    }

    @Test
    void everyFileIsAnExampleOrBesideOne() throws IOException {
        // given
        var examples = schemas().stream()
                .flatMap(schema -> Stream.concat(Examples.valid(schema).stream(), Examples.invalid(schema).stream()))
                .toList();

        // when
        var used =
                examples.stream().filter(example -> example.expected() != null).count() + examples.size();

        // then
        assertThat(Files.readAllLines(FOLDER.resolve("index.txt"))).hasSize((int) used);
        assertThat(examples.stream().map(Example::path)).doesNotHaveDuplicates();
    }
}
