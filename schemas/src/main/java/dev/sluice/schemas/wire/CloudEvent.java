package dev.sluice.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record's data and CloudEvents attributes, whichever way they came: the Kafka protocol binding 1.0 in binary or
 * structured mode (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md), or
 * plain JSON.
 */
record CloudEvent(JsonNode data, Attributes attributes) {
    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = "application/cloudevents+json";
    private static final String HOP = "traceparent";
    private static final int ATTRIBUTE_CHARS = 1024;
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern FORMAT = Pattern.compile("[0-9]{1,6}");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\uD800-\\uDFFF\\uFFFD]+");

    static CloudEvent from(byte[] value, Headers headers) throws UnacceptableJson {
        var contentType = header(headers, "content-type");
        if (contentType != null && contentType.strip().toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
            refuseOtherEncoding(contentType);
            return structured(parsed(value), headers);
        }
        var version = header(headers, "ce_specversion");
        var document = parsed(value);
        if (version == null && isStructured(document)) {
            // some clients' producers set no content type, and the value says by itself what it is
            return structured(document, headers);
        }
        refuseOtherVersion(version);
        return new CloudEvent(document, attributes(name -> header(headers, "ce_" + name), header(headers, HOP)));
    }

    private static void refuseOtherEncoding(String contentType) throws UnacceptableJson {
        var mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(STRUCTURED_JSON) && !mediaType.equals(STRUCTURED)) {
            throw new UnacceptableJson("content-type " + mediaType + " is not read; " + STRUCTURED_JSON + " is");
        }
    }

    private static boolean isStructured(JsonNode document) {
        return document.isObject()
                && document.path("specversion").isTextual()
                && (document.has("data") || document.has("data_base64") || document.has("source"));
    }

    private static CloudEvent structured(JsonNode event, Headers headers) throws UnacceptableJson {
        if (!event.isObject() || !event.path("specversion").isTextual()) {
            throw new UnacceptableJson("a structured CloudEvent needs `specversion`, `id`, `source` and `type`");
        }
        refuseOtherVersion(event.get("specversion").textValue());
        var origin = text(event.get(HOP));
        var hop = header(headers, HOP);
        return new CloudEvent(data(event), attributes(name -> text(event.get(name)), hop == null ? origin : hop));
    }

    private static JsonNode parsed(byte[] value) throws UnacceptableJson {
        return unquoted(StrictJson.parse(RegistryPrefix.skipped(value)));
    }

    /** Some producers put the JSON that they were given into a JSON string, once. */
    private static JsonNode unquoted(JsonNode document) throws UnacceptableJson {
        return document.isTextual() && document.textValue().stripLeading().startsWith("{")
                ? StrictJson.parse(document.textValue())
                : document;
    }

    private static JsonNode data(JsonNode event) throws UnacceptableJson {
        if (event.has("data")) {
            return unquoted(event.get("data"));
        }
        var encoded = event.path("data_base64");
        if (!encoded.isTextual()) {
            throw new UnacceptableJson("the CloudEvent carries neither `data` nor `data_base64`");
        }
        try {
            return unquoted(StrictJson.parse(Base64.getDecoder().decode(encoded.textValue())));
        } catch (IllegalArgumentException e) {
            throw new UnacceptableJson("`data_base64` is not Base64");
        }
    }

    private static void refuseOtherVersion(String version) throws UnacceptableJson {
        if (version != null && !version.startsWith("1.")) {
            throw new UnacceptableJson("CloudEvents specversion " + version + " is not read; 1.0 is");
        }
    }

    /** @param hop the record's own trace context; the attribute of that name is where it all began */
    private static Attributes attributes(UnaryOperator<String> attribute, String hop) {
        return new Attributes(
                attribute.apply("id"),
                attribute.apply("source"),
                attribute.apply("type"),
                attribute.apply("subject"),
                instant(attribute.apply("time")),
                traceContext(hop),
                traceContext(attribute.apply(HOP)),
                format(attribute.apply(MessageWriter.FORMAT_ATTRIBUTE)));
    }

    private static String traceContext(String text) {
        return text != null && TRACEPARENT.matcher(text).matches() ? text : null;
    }

    private static int format(String text) {
        return text != null && FORMAT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static String header(Headers headers, String name) {
        var header = headers == null ? null : last(headers, name);
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

    /** The binding leaves the case of header names to whoever writes them. */
    private static Header last(Headers headers, String name) {
        Header last = null;
        for (var header : headers) {
            if (header.key().equalsIgnoreCase(name)) {
                last = header;
            }
        }
        return last;
    }

    private static String text(JsonNode node) {
        if (node != null && node.isIntegralNumber()) {
            return node.asText();
        }
        return node == null || !node.isTextual() || node.textValue().length() > ATTRIBUTE_CHARS
                ? null
                : printable(node.textValue());
    }

    private static String printable(String text) {
        return PRINTABLE.matcher(text).matches() ? text : null;
    }
}
