package dev.sluice.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Examples.Example;
import dev.sluice.schemas.check.DocumentSchema;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter("sluice/test", "rollout.");

    static Stream<Arguments> valid() {
        return MessageType.ALL.stream()
                .flatMap(type -> Examples.valid(type.schema()).stream().map(example -> Arguments.of(type, example)));
    }

    static Stream<Arguments> invalid() {
        return MessageType.ALL.stream()
                .flatMap(type -> Examples.invalid(type.schema()).stream().map(example -> Arguments.of(type, example)));
    }

    @ParameterizedTest
    @MethodSource("valid")
    <T> void aValidExampleIsReadWrittenAndReadAgain(MessageType<T> type, Example example) throws Exception {
        // given
        var message = Readings.message(reader.read(type, example.utf8(), null));

        // when
        var written = writer.write(type, message, "id", NOW);

        // then
        assertThat(Readings.message(reader.read(type, written.value(), written.headers())))
                .isEqualTo(message);
        assertThat(DocumentSchema.named(type.schema()).problems(StrictJson.parse(written.value())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("valid")
    <T> void nothingThatTheRecordKnowsIsLostOnTheWay(MessageType<T> type, Example example) throws Exception {
        // given
        var original = StrictJson.parse(example.text());

        // when
        JsonNode rewritten = Json.mapper().valueToTree(Readings.message(reader.read(type, example.utf8(), null)));

        // then
        assertKept(original, rewritten, type, "");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    <T> void anInvalidExampleIsRefusedWithItsReason(MessageType<T> type, Example example) {
        // when
        var reading = reader.read(type, example.utf8(), null);

        // then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason())
                                .startsWith(example.expected())
                                .doesNotContain("\n"));
    }

    /** Every value of the original is in the rewritten one; what is not in the schema's example vocabulary may go. */
    private static void assertKept(JsonNode original, JsonNode rewritten, MessageType<?> type, String at) {
        switch (original.getNodeType()) {
            case OBJECT ->
                original.properties().stream()
                        .filter(entry -> !entry.getValue().isNull())
                        .filter(entry -> !Readings.UNKNOWN_FIELDS.contains(type.schema() + at + "/" + entry.getKey()))
                        .forEach(entry -> {
                            var path = at + "/" + entry.getKey();
                            assertThat(rewritten.has(entry.getKey())).as(path).isTrue();
                            assertKept(entry.getValue(), rewritten.get(entry.getKey()), type, path);
                        });
            case ARRAY -> {
                assertThat(rewritten.size()).as(at).isEqualTo(original.size());
                for (int i = 0; i < original.size(); i++) {
                    assertKept(original.get(i), rewritten.get(i), type, at + "/" + i);
                }
            }
            case NUMBER -> assertThat(rewritten.decimalValue()).as(at).isEqualByComparingTo(original.decimalValue());
            case STRING ->
                assertThat(Readings.asTimeOrText(rewritten.asText()))
                        .as(at)
                        .isEqualTo(Readings.asTimeOrText(original.asText()));
            default -> assertThat(rewritten).as(at).isEqualTo(original);
        }
    }
}
