package dev.sluice.schemas.wire;

import static dev.sluice.schemas.wire.Readings.attributes;
import static dev.sluice.schemas.wire.Readings.message;
import static dev.sluice.schemas.wire.Readings.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.CommandType;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a message may come. */
class MessageReaderTest {
    private static final String ABORT = "{\"id\":\"a1\",\"type\":\"abort\",\"application\":\"shop/checkout\"}";
    private static final String ABORT_WITHOUT_ID = "{\"type\":\"abort\",\"application\":\"shop/checkout\"}";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final MessageReader reader = new MessageReader();

    @Test
    void plainJsonNeedsNoHeaders() {
        // when
        var reading = reader.read(MessageType.COMMAND, bytes(ABORT), new RecordHeaders());

        // then
        assertThat(message(reading).type()).isEqualTo(CommandType.ABORT);
        assertThat(message(reading).actor()).isEqualTo("unknown");
        assertThat(attributes(reading)).isEqualTo(Attributes.NONE);
    }

    @Test
    void binaryModeCarriesTheAttributesInHeaders() {
        // given
        var headers = headers(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "e1",
                "ce_source", "ci@shop",
                "ce_type", "dev.sluice.command.v1",
                "ce_subject", "shop/checkout",
                "ce_time", "2026-11-20T13:00:00+01:00",
                "content-type", "application/json",
                "traceparent", TRACE));

        // when
        var reading = reader.read(MessageType.COMMAND, bytes(ABORT_WITHOUT_ID), headers);

        // then
        assertThat(attributes(reading))
                .isEqualTo(new Attributes(
                        "e1",
                        "ci@shop",
                        "dev.sluice.command.v1",
                        "shop/checkout",
                        Instant.parse("2026-11-20T12:00:00Z"),
                        TRACE));
        assertThat(message(reading).id()).isEqualTo("e1");
        assertThat(message(reading).actor()).isEqualTo("ci@shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents",
                "Application/CloudEvents+JSON; charset=utf-8"
            })
    void structuredModeCarriesTheAttributesInTheValue(String contentType) {
        // given
        var event =
                "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"ci\",\"type\":\"com.example.any\",\"traceparent\":\""
                        + TRACE + "\",\"data\":" + ABORT_WITHOUT_ID + "}";

        // when
        var reading = reader.read(MessageType.COMMAND, bytes(event), headers(Map.of("content-type", contentType)));

        // then
        assertThat(message(reading).id()).isEqualTo("e1");
        assertThat(message(reading).actor()).isEqualTo("ci");
        assertThat(attributes(reading).traceparent()).isEqualTo(TRACE);
    }

    @Test
    void structuredModeMayCarryItsDataInBase64() {
        // given
        var data = Base64.getEncoder().encodeToString(bytes(ABORT));
        var event = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"ci\",\"type\":\"t\",\"data_base64\":\"" + data
                + "\"}";

        // when
        var reading = reader.read(MessageType.COMMAND, bytes(event), structured());

        // then
        assertThat(message(reading).id()).isEqualTo("a1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"specversion\":\"1.0\"}",
                "{\"specversion\":\"0.3\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"data_base64\":\"%%%\"}",
                "{\"specversion\":\"1.0\",\"data\":null}",
                "{\"specversion\":1.0,\"data\":{}}"
            })
    void aStructuredEventThatIsNoneIsUnreadable(String event) {
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(event), structured())))
                .isNotBlank();
    }

    @Test
    void batchesAndOtherEncodingsOfEventsAreUnreadable() {
        // given
        var headers = headers(Map.of("content-type", "application/cloudevents-batch+json"));

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, bytes("[]"), headers)))
                .contains("application/cloudevents-batch+json is not read");
    }

    @Test
    void aSchemaRegistrysPrefixIsSkipped() {
        // given
        var prefixed = bytes("\0\0\0\0\7" + ABORT);

        // then
        assertThat(message(reader.read(MessageType.COMMAND, prefixed, null)).id())
                .isEqualTo("a1");
        assertThat(reason(reader.read(MessageType.COMMAND, bytes("\0\0\0\0\7"), null)))
                .isNotBlank();
        assertThat(reason(reader.read(MessageType.COMMAND, bytes("\0" + ABORT), null)))
                .isNotBlank();
    }

    @Test
    void theIdOfTheValueWinsOverTheOneOfTheEvent() {
        // given
        var headers = headers(Map.of("ce_id", "other", "ce_source", "other"));
        var command = "{\"id\":\"a1\",\"type\":\"abort\",\"application\":\"shop/checkout\",\"actor\":\"alice\"}";

        // when
        var reading = reader.read(MessageType.COMMAND, bytes(command), headers);

        // then
        assertThat(message(reading).id()).isEqualTo("a1");
        assertThat(message(reading).actor()).isEqualTo("alice");
    }

    @Test
    void anEventsIdHasToBeACommandsIdToo() {
        // given
        var headers = headers(Map.of("ce_id", "two words"));

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(ABORT_WITHOUT_ID), headers)))
                .startsWith("/id: does not match");
    }

    @Test
    void aRecordWithoutAValueIsATombstone() {
        assertThat(reader.read(MessageType.STATUS, null, null)).isEqualTo(new Reading.Tombstone<>());
    }

    @Test
    void anotherMessageOfOursIsUnreadableHere() {
        // given
        var later = headers(Map.of("ce_type", "dev.sluice.command.v2"));

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(ABORT), later)))
                .isEqualTo("ce_type is dev.sluice.command.v2; this topic carries dev.sluice.command.v1");
    }

    @Test
    void anotherVersionOfCloudEventsIsUnreadable() {
        // given
        var headers = headers(Map.of("ce_specversion", "0.3"));

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(ABORT), headers)))
                .contains("0.3 is not read");
    }

    @Test
    void attributesThatMakeNoSenseAreAbsent() {
        // given
        var headers = headers(Map.of(
                "ce_id",
                "line\nbreak",
                "ce_source",
                "x".repeat(2000),
                "ce_time",
                "yesterday",
                "traceparent",
                "00-0-0-0"));
        headers.add("ce_subject", new byte[] {(byte) 0xff, (byte) 0xfe});
        headers.add("ce_type", null);

        // then
        assertThat(attributes(reader.read(MessageType.COMMAND, bytes(ABORT), headers)))
                .isEqualTo(Attributes.NONE);
    }

    @Test
    void aLongSourceIsCutToAnActorsLength() {
        // given
        var headers = headers(Map.of("ce_source", "s".repeat(1000)));

        // then
        assertThat(message(reader.read(MessageType.COMMAND, bytes(ABORT), headers))
                        .actor())
                .isEqualTo("s".repeat(256));
    }

    private static Headers structured() {
        return headers(Map.of("content-type", "application/cloudevents+json"));
    }

    private static Headers headers(Map<String, String> values) {
        var headers = new RecordHeaders();
        values.forEach((name, value) -> headers.add(name, bytes(value)));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
