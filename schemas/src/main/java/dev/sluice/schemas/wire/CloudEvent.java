package dev.sluice.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * A record's data and CloudEvents attributes, whichever way they came: the Kafka protocol binding 1.0 in binary or
 * structured mode (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md), or
 * plain JSON.
 */
record CloudEvent(JsonNode data, Attributes attributes) {
    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = "application/cloudevents+json";
    private static final int REGISTRY_PREFIX_BYTES = 5;
    private static final int ATTRIBUTE_CHARS = 1024;
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\uD800-\\uDFFF\\uFFFD]+");

    static CloudEvent from(byte[] value, Headers headers) throws UnacceptableJson {
        var contentType = header(headers, "content-type");
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
            return structured(value, contentType);
        }
        refuseOtherVersion(header(headers, "ce_specversion"));
        return new CloudEvent(
                StrictJson.parse(withoutRegistryPrefix(value)),
                attributes(name -> header(headers, name.equals("traceparent") ? name : "ce_" + name)));
    }

    private static CloudEvent structured(byte[] value, String contentType) throws UnacceptableJson {
        var mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(STRUCTURED_JSON) && !mediaType.equals(STRUCTURED)) {
            throw new UnacceptableJson("content-type " + mediaType + " is not read; " + STRUCTURED_JSON + " is");
        }
        var event = StrictJson.parse(withoutRegistryPrefix(value));
        if (!event.isObject() || !event.path("specversion").isTextual()) {
            throw new UnacceptableJson("a structured CloudEvent needs `specversion`, `id`, `source` and `type`");
        }
        refuseOtherVersion(event.get("specversion").textValue());
        return new CloudEvent(data(event), attributes(name -> text(event.get(name))));
    }

    private static JsonNode data(JsonNode event) throws UnacceptableJson {
        if (event.has("data")) {
            return event.get("data");
        }
        var encoded = event.path("data_base64");
        if (!encoded.isTextual()) {
            throw new UnacceptableJson("the CloudEvent carries neither `data` nor `data_base64`");
        }
        try {
            return StrictJson.parse(Base64.getDecoder().decode(encoded.textValue()));
        } catch (IllegalArgumentException e) {
            throw new UnacceptableJson("`data_base64` is not Base64");
        }
    }

    private static void refuseOtherVersion(String version) throws UnacceptableJson {
        if (version != null && !version.startsWith("1.")) {
            throw new UnacceptableJson("CloudEvents specversion " + version + " is not read; 1.0 is");
        }
    }

    private static Attributes attributes(UnaryOperator<String> attribute) {
        var traceparent = attribute.apply("traceparent");
        return new Attributes(
                attribute.apply("id"),
                attribute.apply("source"),
                attribute.apply("type"),
                attribute.apply("subject"),
                instant(attribute.apply("time")),
                traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null);
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static byte[] withoutRegistryPrefix(byte[] value) {
        return value.length > REGISTRY_PREFIX_BYTES && value[0] == 0
                ? Arrays.copyOfRange(value, REGISTRY_PREFIX_BYTES, value.length)
                : value;
    }

    private static String header(Headers headers, String name) {
        var header = headers == null ? null : headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length > ATTRIBUTE_CHARS) {
            return null;
        }
        try {
            return printable(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.value()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static String text(JsonNode node) {
        return node == null || !node.isTextual() || node.textValue().length() > ATTRIBUTE_CHARS
                ? null
                : printable(node.textValue());
    }

    private static String printable(String text) {
        return PRINTABLE.matcher(text).matches() ? text : null;
    }
}
