package dev.sluice.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
    /** Where a judge or another key decides, words go on behind it, or say it twice. */
    private static final Pattern DEFAULT =
            Pattern.compile("^(?!.*unless said.*unless said)(?:.* )?([A-Za-z0-9.-]+) unless said\\.$");

    static List<String> all() {
        return Stream.concat(MessageType.ALL.stream().map(MessageType::schema), Stream.of("rollout-file"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFieldIsDescribed(String word) throws Exception {
        // given
        var schema = schema(word);
        var undescribed = new ArrayList<String>();

        // when
        eachField(schema, "", (at, field) -> {
            var described =
                    field.has("$ref") ? schema.at(field.get("$ref").asText().substring(1)) : field;
            if (field.path("description")
                            .asText(described.path("description").asText())
                            .length()
                    < 3) {
                undescribed.add(at);
            }
        });

        // then
        assertThat(undescribed).isEmpty();
        assertThat(schema.path("description").asText()).isNotBlank();
    }

    /** Editors fill in what {@code default} says; words such as "pause unless said" are for people. */
    @Test
    void editorsAreToldTheDefaultsThatPeopleAre() throws Exception {
        // given
        var different = new ArrayList<String>();

        // when
        eachField(schema("rollout-file"), "", (at, field) -> {
            var said = DEFAULT.matcher(field.path("description").asText());
            var plain = said.find() ? said.group(1) : null;
            var isOne = (field.path("type").asText() + " " + plain)
                            .matches("boolean (true|false)|(integer|number) [0-9.]+")
                    || (field.has("enum") && field.get("enum").toString().contains("\"" + plain + "\""));
            if (plain != null && isOne && !plain.equals(field.path("default").asText())) {
                different.add(at + ": " + plain);
            }
        });

        // then
        assertThat(different).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyReferenceLeadsSomewhereAndEveryDefinitionIsUsed(String word) throws Exception {
        // given
        var schema = schema(word);

        // when
        var references = schema.findValuesAsText("$ref");

        // then
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                schema.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        var definitions = new ArrayList<String>();
        schema.path("$defs").fieldNames().forEachRemaining(name -> definitions.add("#/$defs/" + name));
        assertThat(references).containsAll(definitions);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everySchemaIsKnownByItsNameAndVersion(String word) throws Exception {
        var schema = schema(word);
        assertThat(schema.path("$id").asText()).isEqualTo("https://sluice.dev/schemas/v1/" + word + ".schema.json");
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("title").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("all")
    void onlyTheRolloutFileRefusesUnknownKeys(String word) throws Exception {
        // given
        var schema = schema(word);
        var open = new ArrayList<String>();
        var closed = new ArrayList<String>();

        // when
        eachObject(
                schema,
                "",
                (at, object) -> (object.has("additionalProperties")
                                        && !object.path("additionalProperties").asBoolean(true)
                                ? closed
                                : open)
                        .add(at));

        // then
        if (word.equals("rollout-file")) {
            assertThat(open).isEmpty();
        } else {
            assertThat(closed).isEmpty();
        }
    }

    /** Objects that list their properties; a map of names to values lists none. */
    private static void eachObject(JsonNode schema, String at, BiConsumer<String, JsonNode> visitor) {
        schema.properties().forEach(entry -> {
            var path = at + "/" + entry.getKey();
            var isAlternative = at.endsWith("Of") || at.endsWith("/if") || at.endsWith("/then");
            if (entry.getKey().equals("properties") && schema.has("type") && !isAlternative) {
                visitor.accept(at, schema);
            }
            eachObject(entry.getValue(), path, visitor);
        });
        if (schema.isArray()) {
            schema.forEach(item -> eachObject(item, at, visitor));
        }
    }

    private static void eachField(JsonNode schema, String at, BiConsumer<String, JsonNode> visitor) {
        if (schema.isArray()) {
            return;
        }
        schema.properties().forEach(entry -> {
            var path = at + "/" + entry.getKey();
            switch (entry.getKey()) {
                case "properties", "$defs" ->
                    entry.getValue().properties().forEach(field -> {
                        visitor.accept(path + "/" + field.getKey(), field.getValue());
                        eachField(field.getValue(), path + "/" + field.getKey(), visitor);
                    });
                case "items", "additionalProperties" -> {
                    if (entry.getValue().isObject()) {
                        visitor.accept(path, entry.getValue());
                        eachField(entry.getValue(), path, visitor);
                    }
                }
                default -> {
                    // conditions and alternatives repeat fields that are described where they are defined
                }
            }
        });
    }

    private static JsonNode schema(String word) throws Exception {
        return Json.mapper()
                .readTree(SchemasTest.class.getResourceAsStream("/dev/sluice/schemas/" + word + ".schema.json"));
    }
}
