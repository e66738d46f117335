package dev.sluice.schemas.contract;

import static dev.sluice.schemas.contract.Yaml.map;
import static dev.sluice.schemas.contract.Yaml.ref;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Examples.Example;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The document's messages: headers, payloads by reference to their JSON Schemas, and these schemas' own examples. */
final class Messages {
    static final String PLACED = "placed-metric-event";
    /** Headers that every message of Sluice's own services has. */
    static final List<String> ALWAYS = List.of(
            "ce_specversion",
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_subject",
            "ce_time",
            "content-type",
            "ce_sluiceformat");

    private static final int EXAMPLES_SHOWN = 2;
    private static final String FORMAT = "application/schema+json;version=2020-12";

    private Messages() {}

    static MessageType<?> on(Topic topic) {
        return MessageType.ALL.stream()
                .filter(type -> type.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    static Map<String, Object> of(MessageType<?> type) {
        var schema = schema(type.schema());
        return map(
                "name", type.ceType(),
                "title", schema.path("title").asText(),
                "summary", schema.path("description").asText(),
                "contentType", "application/json",
                "headers", headers(type),
                "payload", payload("./" + type.schema() + ".schema.json"),
                "correlationId",
                        map(
                                "description", "The rollout's id, in all that belongs to one rollout.",
                                "location", "$message.header#/ce_correlationid"),
                "bindings", key(type.topic().key()),
                "examples",
                        Examples.valid(type.schema()).stream()
                                .limit(EXAMPLES_SHOWN)
                                .map(Messages::example)
                                .toList());
    }

    /** What outsiders send may be plain JSON; what services send is a CloudEvent. */
    private static Map<String, Object> headers(MessageType<?> type) {
        var anyoneSends = type.topic() == Topic.COMMANDS || type.topic() == Topic.METRICS;
        var ofType = map("properties", map("ce_type", map("const", type.ceType())));
        return map(
                "allOf",
                List.of(ref("#/components/schemas/" + (anyoneSends ? "cloudevent" : "sluice-cloudevent")), ofType));
    }

    static Map<String, Object> placed() {
        return map(
                "name", MessageType.METRIC_EVENT.ceType(),
                "title", "Placed metric event",
                "summary", "A metric event once more, with where it was read first.",
                "contentType", "application/json",
                "headers",
                        map(
                                "type", "object",
                                "required", List.of("sluice-origin", "sluice-time"),
                                "properties",
                                        map(
                                                "sluice-origin",
                                                        text(
                                                                "Topic, partition, offset and index within the record, with slashes between."),
                                                "sluice-time",
                                                        text("When the broker took it first; that time counts."))),
                "payload", payload("./" + MessageType.METRIC_EVENT.schema() + ".schema.json"),
                "bindings", key(Topic.METRICS_PLACED.key()));
    }

    static Map<String, Object> tombstone() {
        return map(
                "name", "tombstone",
                "title", "Tombstone",
                "summary", "A record without a value: what its key stood for is forgotten.",
                "payload", map("type", "null"),
                "bindings", key("as of others", "As of the topic's other messages."));
    }

    static Map<String, Object> deadLetter() {
        return map(
                "name",
                "dead-letter",
                "title",
                "Dead letter",
                "summary",
                "A record that nobody could read: its key, value and headers as they were, a schema registry's headers included, and three more.",
                "headers",
                map(
                        "type", "object",
                        "required", List.of("sluice-error", "sluice-source", "sluice-time"),
                        "properties",
                                map(
                                        "sluice-error", text("Why nobody could read it, in one line."),
                                        "sluice-source", text("Topic, partition and offset, with slashes between."),
                                        "sluice-time", text("When it was put there."))),
                "payload",
                map("description", "Whatever it was, byte by byte."),
                "bindings",
                key("as it was", "As it was."));
    }

    /** CloudEvents 1.0 in binary mode, and W3C trace context. */
    static Map<String, Object> headers(List<String> required) {
        return map(
                "type",
                "object",
                "description",
                "CloudEvents 1.0 in binary mode. Structured mode (content-type application/cloudevents+json) and plain JSON without headers are read as well.",
                "required",
                required.isEmpty() ? null : required,
                "properties",
                map(
                        "ce_specversion", text("1.0."),
                        "ce_id", text("The same whenever the same is sent again."),
                        "ce_type", text("Which message, and its version."),
                        "ce_source", text("Who wrote it; Sluice's services begin with sluice/."),
                        "ce_subject", text("The route, else the application and the target."),
                        "ce_time", map("type", "string", "format", "date-time", "description", "When it happened."),
                        "content-type", text("application/json."),
                        "ce_sluiceformat",
                                text(
                                        "The form of the message; a later one than a service knows is left to the version that knows it."),
                        "ce_correlationid", text("The rollout's id."),
                        "ce_causationid", text("The id of the event that led to it."),
                        "ce_traceparent", text("The trace that it all began with, the same in all that follows."),
                        "traceparent", text("W3C trace context of the last hop."),
                        "__value_schema_id",
                                map("description", "A schema registry's id; not looked at, and kept on dead letters."),
                        "__key_schema_id",
                                map(
                                        "description",
                                        "A schema registry's id; not looked at, and kept on dead letters.")));
    }

    private static Map<String, Object> text(String description) {
        return map("type", "string", "description", description);
    }

    static Map<String, Object> payload(String where) {
        return map("schemaFormat", FORMAT, "schema", ref(where));
    }

    /** The title is what a comparison goes by. */
    private static Map<String, Object> key(Topic.Key key) {
        return key(key.name().toLowerCase(Locale.ROOT).replace('_', '/'), Words.of(key));
    }

    static Map<String, Object> key(String title, String description) {
        return AsyncApi.kafka(map("key", map("type", "string", "title", title, "description", description)));
    }

    private static Map<String, Object> example(Example example) {
        var name = example.path().substring(example.path().lastIndexOf('/') + 1).replace(".json", "");
        try {
            return map("name", name, "payload", Json.mapper().readValue(example.text(), LinkedHashMap.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode schema(String word) {
        try (var stream = Messages.class.getResourceAsStream("/dev/sluice/schemas/" + word + ".schema.json")) {
            return Json.mapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
