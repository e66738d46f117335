package dev.sluice.triggers.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Makes the definition of the kind SluiceRollout of the rollout file's JSON Schema. An API server wants a <em>structural</em> schema: no
 * references, one type per value, nothing closed. Unknown keys are kept and not dropped, so that the engine can refuse a typing error in
 * place of nobody ever seeing it; texts have no pattern, for placeholders and other spellings are translated before anything is checked.
 * The application alone has one: it is the command's, too, and a command that no engine can read is never answered.
 */
final class Definition {
    static final Path COMMITTED = Path.of("../deploy/crds/sluicerollouts.sluice.dev.yaml");

    /** As the schemas have it, without looking ahead and behind: an API server's expressions know neither. */
    static final String APPLICATION = "^[a-z0-9.-]([a-z0-9./-]{0,251}[a-z0-9.-])?$";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String KEEP_UNKNOWN = "x-kubernetes-preserve-unknown-fields";
    private static final List<String> CARRIED = List.of("minItems", "maxItems", "minimum", "maximum");

    /** What CD-as-a-Service writes in another type: a number, a text. It is translated before it is checked. */
    private static final Set<String> OF_OTHER_TYPES = Set.of("setWeight", "requiresRoles");

    private final JsonNode definitions;

    private Definition(JsonNode definitions) {
        this.definitions = definitions;
    }

    static String yaml() {
        try (var schema = Definition.class.getResourceAsStream("/dev/sluice/schemas/rollout-file.schema.json");
                var rest = Definition.class.getResourceAsStream("/definition.yaml")) {
            var mapper = YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.INDENT_ARRAYS)
                    .build();
            var file = Json.mapper().readTree(schema);
            var whole = mapper.readTree(rest);
            var spec = (ObjectNode) whole.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
            new Definition(file.path("$defs")).fill(spec, file);
            return "# Generated of rollout-file.schema.json and of definition.yaml in triggers: ./mvnw -pl triggers -am test"
                    + " -Dtest=DefinitionTest -Ddefinition.write=true -Dsurefire.failIfNoSpecifiedTests=false\n"
                    + mapper.writeValueAsString(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(ObjectNode spec, JsonNode file) {
        var properties = (ObjectNode) structural(file).get("properties");
        // compared by a rule, which has a price by length
        ((ObjectNode) properties.get("application")).put("maxLength", 253).put("pattern", APPLICATION);
        properties.setAll((ObjectNode) spec.get("properties"));
        spec.set("properties", properties);
        spec.put(KEEP_UNKNOWN, true);
    }

    private ObjectNode structural(JsonNode written) {
        var schema = resolved(written);
        var made = JSON.objectNode();
        if (schema.has("description")) {
            made.set("description", schema.get("description"));
        }
        switch (type(schema)) {
            case "object" -> object(schema, made);
            case "array" -> {
                made.put("type", "array");
                made.set("items", structural(schema.path("items")));
            }
            case "" -> made.put(KEEP_UNKNOWN, true);
            case String type -> made.put("type", type);
        }
        if (!type(schema).isEmpty()) {
            CARRIED.stream().filter(schema::has).forEach(key -> made.set(key, schema.get(key)));
        }
        return made;
    }

    /** A reference's own description is nearer than what it refers to. */
    private JsonNode resolved(JsonNode written) {
        if (!written.has("$ref")) {
            return written;
        }
        var name = written.get("$ref").asText().replace("#/$defs/", "");
        var whole = (ObjectNode) definitions.get(name).deepCopy();
        written.properties().stream()
                .filter(each -> !each.getKey().equals("$ref"))
                .forEach(each -> whole.set(each.getKey(), each.getValue()));
        return whole;
    }

    /** Empty where there are several, or none is said. */
    private static String type(JsonNode schema) {
        if (schema.path("type") instanceof ArrayNode) {
            return "";
        }
        var said = schema.path("type").asText();
        if (said.isEmpty() && schema.has("enum")) {
            return schema.path("enum").path(0).isTextual() ? "string" : "";
        }
        return said;
    }

    private void object(JsonNode schema, ObjectNode made) {
        made.put("type", "object");
        if (schema.path("additionalProperties").isObject()) {
            made.set("additionalProperties", structural(schema.get("additionalProperties")));
            return;
        }
        made.put(KEEP_UNKNOWN, true);
        if (schema.path("properties").isEmpty()) {
            return;
        }
        var properties = made.putObject("properties");
        for (var property : schema.get("properties").properties()) {
            var value = structural(property.getValue());
            properties.set(property.getKey(), OF_OTHER_TYPES.contains(property.getKey()) ? ofAnyType(value) : value);
        }
    }

    private static ObjectNode ofAnyType(ObjectNode schema) {
        var made = JSON.objectNode().put(KEEP_UNKNOWN, true);
        return schema.has("description") ? made.set("description", schema.get("description")) : made;
    }
}
