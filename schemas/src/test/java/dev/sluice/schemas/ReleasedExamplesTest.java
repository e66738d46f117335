package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a released version wrote, every later one reads. The examples of a release are copied to
 * {@code released/<version>/examples} when it is made and never change again.
 */
class ReleasedExamplesTest {
    private static final Path FOLDER = Path.of("released");

    static Stream<Path> messages() throws IOException {
        return files().filter(file -> !file.toString().contains("rollout-file"));
    }

    static Stream<Path> rolloutFiles() throws IOException {
        return files().filter(file -> file.toString().contains("rollout-file"))
                .filter(file -> !file.toString().endsWith(".plan.json"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aReleasedMessageIsStillRead(Path file) throws IOException {
        // given
        var schema = file.getParent().getFileName().toString();
        var type = MessageType.ALL.stream()
                .filter(each -> each.schema().equals(schema))
                .findFirst()
                .orElseThrow();

        // then
        assertThat(new MessageReader().read(type, Files.readAllBytes(file), null))
                .isInstanceOf(Reading.Message.class);
    }

    @ParameterizedTest
    @MethodSource("rolloutFiles")
    void aReleasedRolloutFileStillMeansTheSame(Path file) throws IOException {
        // given
        var name = file.getFileName().toString();
        var plan = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".plan.json");

        // when
        var read = new RolloutFileReader().read(Files.readString(file), Overrides.NONE);

        // then
        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Valid.class, valid -> assertThat(valid.plan()).isEqualTo(planIn(plan)));
    }

    private static Stream<Path> files() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("examples"))
                    .toList()
                    .stream();
        }
    }

    private static Object planIn(Path file) {
        try {
            return Json.mapper().readValue(file.toFile(), dev.sluice.schemas.rollout.RolloutPlan.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
