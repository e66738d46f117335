package dev.sluice.schemas.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.sluice.schemas.message.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One of our JSON Schemas (2020-12), compiled; says what is wrong with a document, in words. Thread-safe. */
public final class DocumentSchema {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .formatAssertionsEnabled(true)
                    .pathType(PathType.JSON_POINTER)
                    .regularExpressionFactory(WholeLineRegex::new)
                    .build()));

    private final Schema schema;
    private final SchemaErrors errors;

    private DocumentSchema(Schema schema) {
        this.schema = schema;
        this.errors = new SchemaErrors(schema.getSchemaNode());
    }

    /** @param word as in {@code <word>.schema.json}, such as {@code command} or {@code rollout-file} */
    public static DocumentSchema named(String word) {
        var resource = "/dev/sluice/schemas/" + word + ".schema.json";
        try (var stream = DocumentSchema.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no schema is packaged as " + resource);
            }
            var schema = REGISTRY.getSchema(stream);
            schema.initializeValidators();
            return new DocumentSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that is wrong, in the document's order; empty if it is valid. */
    public List<Problem> problems(JsonNode document) {
        return errors.inWords(schema.validate(document));
    }

    /** What a value is, with its article, for sentences. */
    public static String kindOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "null";
        };
    }
}
