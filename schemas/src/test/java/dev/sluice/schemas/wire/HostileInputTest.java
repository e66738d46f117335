package dev.sluice.schemas.wire;

import static dev.sluice.schemas.wire.Readings.reason;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Examples.Example;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** B25: whatever the bytes are, the answer is a reading. */
class HostileInputTest {
    private static final int MUTANTS_PER_TYPE = 3000;
    private static final long SEED = 20261120;

    private final MessageReader reader = new MessageReader();

    @Test
    void b25_valuesBeyondTheTopicsLimitAreRefusedUnread() {
        // given
        var huge = new byte[MessageType.COMMAND.topic().maxBytes() + 1];

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, huge, null)))
                .isEqualTo("1048577 bytes; commands takes at most 1048576");
    }

    @Test
    void b25_theLongestValueThatIsAllowedIsRead() {
        // given
        var limit = MessageType.COMMAND.topic().maxBytes();
        var start = "{\"id\":\"1\",\"type\":\"abort\",\"application\":\"a\",\"unknown\":[\"";
        var value = start + "x".repeat(limit - start.length() - 3) + "\"]}";

        // then
        assertThat(reader.read(MessageType.COMMAND, value.getBytes(UTF_8), null))
                .isInstanceOf(Reading.Message.class);
    }

    @Test
    void b25_deepNestingIsRefused() {
        // given
        var deep = "{\"id\":\"1\",\"type\":\"start\",\"application\":\"a\",\"rollout\":" + "{\"a\":".repeat(50_000);

        // then
        assertThat(reason(read(deep))).contains("nesting depth");
    }

    @Test
    void b25_whatIsNotUtf8IsRefused() {
        assertThat(reason(reader.read(MessageType.COMMAND, "{\"id\":\"ä\"}".getBytes(ISO_8859_1), null)))
                .isEqualTo("not UTF-8");
        assertThat(reason(reader.read(MessageType.COMMAND, "{}".getBytes(UTF_16), null)))
                .isEqualTo("not UTF-8");
        // "/" in two bytes instead of one, which filters before us may have overlooked
        assertThat(reason(reader.read(MessageType.COMMAND, new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}, null)))
                .isEqualTo("not UTF-8");
    }

    @Test
    void b25_anEmptyOrBlankValueIsRefused() {
        assertThat(reason(read(""))).isEqualTo("there is no JSON in it");
        assertThat(reason(read(" \n"))).isEqualTo("there is no JSON in it");
        assertThat(reason(read("null"))).isEqualTo("a JSON object is needed, not null");
    }

    @Test
    void b25_endlessNumbersAreRefused() {
        assertThat(reason(read("{\"x\":" + "9".repeat(5000) + "}"))).contains("length");
        assertThat(reason(read("{\"x\":1e-999999999}"))).isEqualTo("a number is too large or too fine for a double");
        assertThat(reason(read("{\"x\":[{\"y\":-1e999999999}]}")))
                .isEqualTo("a number is too large or too fine for a double");
    }

    @Test
    void b25_aReasonStaysOneBoundedLineWhateverIsInTheValue() {
        // given
        var value = "{\"type\":\"x\",\"" + "\\n".repeat(400) + "\":1,\"context\":{\"" + "k".repeat(900) + "\":null}}";

        // then
        assertThat(reason(read(value))).hasSizeLessThanOrEqualTo(1001).doesNotContain("\n");
    }

    static Stream<MessageType<?>> types() {
        return MessageType.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void b25_mutatedExamplesNeverThrow(MessageType<?> type) {
        // given
        var random = new Random(SEED);
        var seeds = Stream.concat(Examples.valid(type.schema()).stream(), Examples.invalid(type.schema()).stream())
                .map(Example::utf8)
                .toList();
        int readable = 0;

        // when
        for (int i = 0; i < MUTANTS_PER_TYPE; i++) {
            var mutant = Mutation.of(seeds.get(random.nextInt(seeds.size())), random);
            var reading = reader.read(type, mutant, headers(random));

            // then
            if (reading instanceof Reading.Unreadable<?> unreadable) {
                assertThat(unreadable.reason()).isNotBlank().doesNotContain("\n");
            } else {
                readable++;
            }
        }
        assertThat(readable).as("mutants that were still readable").isBetween(1, MUTANTS_PER_TYPE - 1);
    }

    private static Headers headers(Random random) {
        var headers = new RecordHeaders();
        for (var name :
                new String[] {"ce_id", "ce_source", "ce_specversion", "ce_time", "traceparent", "content-type"}) {
            if (random.nextInt(8) == 0) {
                var value = new byte[random.nextInt(40)];
                random.nextBytes(value);
                headers.add(name, random.nextInt(8) == 0 ? null : value);
            }
        }
        if (random.nextInt(10) == 0) {
            headers.add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        }
        return headers;
    }

    private Reading<?> read(String value) {
        return reader.read(MessageType.COMMAND, value.getBytes(UTF_8), null);
    }
}
