package dev.sluice.schemas.wire;

import static dev.sluice.schemas.wire.Readings.attributes;
import static dev.sluice.schemas.wire.Readings.message;
import static dev.sluice.schemas.wire.Readings.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.message.CommandType;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "CONTENT-TYPE", "content-type"})
    @DisplayName("B46: header names and content types may be written in any case, with parameters")
    void readsHeadersInAnyCase(String contentType) {
        // given
        var event = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"ci\",\"type\":\"t\",\"data\":"
                + ABORT_WITHOUT_ID + "}";

        // when
        var structured = reader.read(
                MessageType.COMMAND,
                bytes(event),
                headers(Map.of(contentType, "APPLICATION/CloudEvents+JSON; Charset=\"UTF-8\"")));
        var binary = reader.read(
                MessageType.COMMAND,
                bytes(ABORT_WITHOUT_ID),
                headers(Map.of("CE_SpecVersion", "1.0", "Ce_Id", "e1", "CE_SOURCE", "ci", contentType, "text/plain")));

        // then
        assertThat(message(structured).id()).isEqualTo("e1");
        assertThat(message(binary).id()).isEqualTo("e1");
        assertThat(message(binary).actor()).isEqualTo("ci");
    }

    @Test
    @DisplayName("B46: a structured event needs no content type")
    void readsStructuredEventsWithoutAContentType() {
        // given
        var event = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"ci\",\"type\":\"t\",\"data\":"
                + ABORT_WITHOUT_ID + "}";

        // then
        assertThat(message(reader.read(MessageType.COMMAND, bytes(event), null)).id())
                .isEqualTo("e1");
        assertThat(message(reader.read(
                                MessageType.COMMAND, bytes(event), headers(Map.of("content-type", "application/json"))))
                        .id())
                .isEqualTo("e1");
    }

    @Test
    @DisplayName("B46: a structured event without data is told so, with or without a content type")
    void saysThatAnEventHasNoData() {
        // given
        var event = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"ci\",\"type\":\"t\"}";

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(event), null))).contains("neither `data`");
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(event), structured())))
                .contains("neither `data`");
    }

    @Test
    @DisplayName("An actor that is cut short never ends in half a character")
    void cutsAnActorBetweenCharacters() {
        // given
        var source = "x".repeat(255) + "😀".repeat(40);

        // when
        var reading = reader.read(
                MessageType.COMMAND, bytes(ABORT_WITHOUT_ID), headers(Map.of("ce_id", "e1", "ce_source", source)));

        // then
        assertThat(message(reading).actor()).isEqualTo("x".repeat(255));
    }

    @Test
    @DisplayName("B46: JSON inside a JSON string is read, as the value and as a structured event's data")
    void readsJsonInsideAString() throws JsonProcessingException {
        // given
        var quoted = Json.mapper().writeValueAsString(ABORT);
        var event = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"ci\",\"type\":\"t\",\"data\":" + quoted + "}";

        // then
        assertThat(message(reader.read(MessageType.COMMAND, bytes(quoted), null))
                        .id())
                .isEqualTo("a1");
        assertThat(message(reader.read(MessageType.COMMAND, bytes(event), structured()))
                        .id())
                .isEqualTo("a1");
        assertThat(reason(reader.read(MessageType.COMMAND, bytes("\"abort\""), null)))
                .contains("a JSON object is needed, not a string");
    }

    @ParameterizedTest
    @CsvSource({"ce_sluiceformat,2", "CE_SluiceFormat,999999", "ce_type,dev.sluice.command.v2"})
    @DisplayName("B42: what a later version wrote is neither read nor unreadable")
    void leavesLaterFormsAlone(String header, String value) {
        assertThat(reader.read(
                        MessageType.COMMAND,
                        bytes(ABORT),
                        headers(Map.of(header, value, "ce_source", "sluice/rollout-engine"))))
                .isInstanceOfSatisfying(
                        Reading.Newer.class,
                        newer -> assertThat(newer.reason())
                                .contains("later version")
                                .contains("upgrade"));
    }

    @Test
    @DisplayName("B42: a stranger's word for a later version holds nobody up")
    void strangersAreNoLaterVersion() {
        assertThat(message(reader.read(
                                MessageType.COMMAND,
                                bytes(ABORT),
                                headers(Map.of("ce_sluiceformat", "2", "ce_source", "ci"))))
                        .id())
                .isEqualTo("a1");
        assertThat(reason(reader.read(
                        MessageType.COMMAND, bytes(ABORT), headers(Map.of("ce_type", "dev.sluice.command.v2")))))
                .contains("dev.sluice.command.v2");
    }

    @ParameterizedTest
    @CsvSource({"ce_sluiceformat,1", "ce_sluiceformat,0", "ce_sluiceformat,two", "ce_type,com.example.command.v2"})
    @DisplayName("B42: other words in these places say nothing")
    void readsWhatIsNoLaterForm(String header, String value) {
        assertThat(message(reader.read(MessageType.COMMAND, bytes(ABORT), headers(Map.of(header, value))))
                        .id())
                .isEqualTo("a1");
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

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n", "\t"})
    void aSchemaRegistrysPrefixIsSkipped(String between) {
        // given
        var prefixed = bytes("\0\0\0\0\7" + between + ABORT);

        // then
        assertThat(message(reader.read(MessageType.COMMAND, prefixed, null)).id())
                .isEqualTo("a1");
        assertThat(reason(reader.read(MessageType.COMMAND, bytes("\0" + ABORT), null)))
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\0\0\7\16shop/checkout\nabort", // Avro
                "\0\0\0\0\7\0\n\rshop/checkout", // Protobuf
                "\0\0\0\0\7"
            })
    void whatAnotherEncodingIsBehindARegistrysPrefixIsSaidWithWhatToSet(String value) {
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(value), null)))
                .isEqualTo(
                        "it begins as a schema registry's serializers write (0, then the schema's id 7), and what follows is no"
                                + " JSON: set value.serializer of its producer, or value.converter of its connector, to one that"
                                + " writes JSON");
    }

    @Test
    void anIdOfEightBytesIsSaidToBeOne() {
        // given
        var prefixed = bytes("\0\0\0\0\0\0\0\0\7" + ABORT);

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, prefixed, null)))
                .contains("an id of 8 bytes")
                .contains("4 bytes");
    }

    @Test
    void brokenJsonBehindARegistrysPrefixIsBrokenJson() {
        assertThat(reason(reader.read(MessageType.COMMAND, bytes("\0\0\0\0\7{\"id\":"), null)))
                .startsWith("not readable as JSON");
    }

    @Test
    void aSchemaRegistrysHeadersSayNothing() {
        // given
        var headers = headers(Map.of("__value_schema_id", "\1 and 16 bytes of it", "__key_schema_id", "\1"));

        // then
        assertThat(message(reader.read(MessageType.COMMAND, bytes(ABORT), headers))
                        .id())
                .isEqualTo("a1");
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
        var other = headers(Map.of("ce_type", "dev.sluice.status.v1"));

        // then
        assertThat(reason(reader.read(MessageType.COMMAND, bytes(ABORT), other)))
                .isEqualTo("ce_type is dev.sluice.status.v1; this topic carries dev.sluice.command.v1");
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
