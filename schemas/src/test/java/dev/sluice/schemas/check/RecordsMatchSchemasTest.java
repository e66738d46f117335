package dev.sluice.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas and records are written by hand; here they are held against each other. */
class RecordsMatchSchemasTest {
    static Stream<MessageType<?>> all() {
        return MessageType.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRecordHasTheFieldsOfItsSchemaAndNoOthers(MessageType<?> type) throws Exception {
        var schema = schema(type);
        assertSameFields(type.type(), schema, schema, type.schema());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFieldIsInSomeValidExample(MessageType<?> type) throws Exception {
        // given
        var shown = new TreeSet<String>();
        for (var example : Examples.valid(type.schema())) {
            collect(Json.mapper().readTree(example.text()), "", shown);
        }

        // then
        assertThat(shown).containsAll(fields(type.type(), ""));
    }

    private static void assertSameFields(Class<?> type, JsonNode schema, JsonNode root, String at) {
        var resolved = resolved(schema, root);
        var known = new TreeSet<String>();
        resolved.path("properties").fieldNames().forEachRemaining(known::add);
        var components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(known).as(at).containsExactlyInAnyOrderElementsOf(components);
        for (var component : type.getRecordComponents()) {
            var field = resolved(resolved.path("properties").path(component.getName()), root);
            var path = at + "/" + component.getName();
            if (component.getType().isEnum()) {
                assertThat(words(field)).as(path).containsExactlyInAnyOrderElementsOf(words(component.getType()));
            }
            var nested = nestedRecord(component.getGenericType());
            if (nested != null) {
                assertSameFields(nested, field.has("items") ? field.get("items") : field, root, path);
            }
        }
    }

    private static List<String> fields(Class<?> type, String at) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> {
                    var path = at + "/" + component.getName();
                    var nested = nestedRecord(component.getGenericType());
                    return Stream.concat(Stream.of(path), nested == null ? Stream.of() : fields(nested, path).stream());
                })
                .toList();
    }

    private static void collect(JsonNode node, String at, Set<String> shown) {
        node.properties().stream().filter(entry -> !entry.getValue().isNull()).forEach(entry -> {
            shown.add(at + "/" + entry.getKey());
            collect(entry.getValue(), at + "/" + entry.getKey(), shown);
        });
        if (node.isArray()) {
            node.forEach(item -> collect(item, at, shown));
        }
    }

    /** What a record is written as. */
    private static Class<?> written(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .<Class<?>>map(Method::getReturnType)
                .findFirst()
                .orElse(type);
    }

    /** The record that a component is, or is a list of; null for everything that is one JSON value. */
    private static Class<?> nestedRecord(Type type) {
        return switch (type) {
            case Class<?> plain when plain.isRecord() && plain != Weight.class -> written(plain);
            case ParameterizedType list
            when list.getRawType() == List.class -> nestedRecord(list.getActualTypeArguments()[0]);
            default -> null;
        };
    }

    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        return schema.has("$ref") ? resolved(root.at(schema.get("$ref").asText().substring(1)), root) : schema;
    }

    private static List<String> words(JsonNode field) {
        var words = new java.util.ArrayList<String>();
        field.path("enum").forEach(word -> {
            if (!word.isNull()) {
                words.add(word.asText());
            }
        });
        return words;
    }

    private static List<String> words(Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants())
                .map(constant -> Json.mapper().valueToTree(constant).asText())
                .toList();
    }

    private static JsonNode schema(MessageType<?> type) throws Exception {
        return Json.mapper()
                .readTree(RecordsMatchSchemasTest.class.getResourceAsStream(
                        "/dev/sluice/schemas/" + type.schema() + ".schema.json"));
    }
}
