package dev.sluice.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example of the pages is read by a test. Rollout files, parts of them and messages are read here, wherever they
 * stand; of the rest {@code docs-examples.txt} says which test reads it, or why none does. A new example that is none of
 * these fails.
 */
class ExamplesTest {
    /** A message on a line of its own, or on standard input. */
    private static final Pattern MESSAGE = Pattern.compile("^(?:echo ')?(\\{\".*})'?", Pattern.MULTILINE);

    private static final List<Claim> CLAIMS = Claim.all(Path.of("src/test/resources/docs-examples.txt"));

    static List<Example> rolloutFiles() throws IOException {
        return Example.all().stream().filter(RolloutFilePart::is).toList();
    }

    static Stream<Example> messages() throws IOException {
        return Example.all().stream().flatMap(example -> switch (example.kind()) {
            case "json" -> isMessage(example) ? Stream.of(example) : Stream.of();
            case "sh" ->
                MESSAGE.matcher(example.text())
                        .results()
                        .map(found -> new Example(example.page(), example.kind(), found.group(1), example.line()));
            default -> Stream.of();
        });
    }

    @ParameterizedTest
    @MethodSource("rolloutFiles")
    void aRolloutFileIsValid(Example example) throws Exception {
        assertThat(new RolloutFileReader().read(RolloutFilePart.whole(example), Overrides.NONE))
                .isInstanceOf(Read.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsAsItsSchemaSays(Example example) throws Exception {
        // given
        var message = Json.mapper().readTree(example.text());

        // then
        assertThat(isMessage(example)).isTrue();
        assertThat(DocumentSchema.named(schema(message)).problems(message)).isEmpty();
    }

    @Test
    void everyOtherExampleHasATestOfItsOwnOrAReason() throws IOException {
        // given
        var others = Example.all().stream()
                .filter(example -> !RolloutFilePart.is(example) && !isMessage(example))
                .toList();

        // when
        var unread = others.stream()
                .filter(example ->
                        CLAIMS.stream().filter(claim -> claim.isFor(example)).count() != 1)
                .toList();
        var left = CLAIMS.stream()
                .filter(claim -> others.stream().noneMatch(claim::isFor))
                .toList();

        // then
        assertThat(unread)
                .as("read by no test: write one, and name it in docs-examples.txt")
                .isEmpty();
        assertThat(left).as("no such example is left").isEmpty();
    }

    @Test
    void everyTestThatIsNamedIsThereAndNamesThePage() {
        assertThat(CLAIMS.stream().filter(Claim::isATest))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim.source()).contains(claim.folder()));
    }

    private static boolean isMessage(Example example) {
        if (!example.text().startsWith("{")) {
            return false;
        }
        try {
            return schema(Json.mapper().readTree(example.text())) != null;
        } catch (IOException somethingElse) {
            return false;
        }
    }

    /** By what that message alone has; none of Sluice's: null. */
    private static String schema(JsonNode message) {
        if (message.has("application") && message.has("type")) {
            return "command";
        }
        return Stream.of("metric", "alert").anyMatch(message::has) && message.has("target") ? "metric-event" : null;
    }
}
