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
import java.util.ArrayDeque;
import java.util.Iterator;
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

    private static final int LARGE = 5_000;

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

    /**
     * What is wrong, in the document's order, at most {@value Problem#MOST} problems and a last one that says that there are
     * more; empty if it is valid. Of a large document only the first: the validator remembers every single fault, and a
     * hostile megabyte has a hundred thousand.
     */
    public List<Problem> problems(JsonNode document) {
        if (hasAtMost(LARGE, document)) {
            return errors.inWords(schema.validate(document));
        }
        var first = errors.inWords(schema.validate(document, execution -> execution.setFailFast(true)));
        return first.isEmpty()
                ? first
                : List.of(
                        first.getFirst(),
                        new Problem(
                                "",
                                "there may be more: a document of more than " + LARGE
                                        + " values is checked up to its first problem"));
    }

    private static boolean hasAtMost(int most, JsonNode document) {
        var open = new ArrayDeque<Iterator<JsonNode>>();
        open.push(List.of(document).iterator());
        for (int count = 0; count <= most; count++) {
            while (!open.isEmpty() && !open.peek().hasNext()) {
                open.pop();
            }
            if (open.isEmpty()) {
                return true;
            }
            open.push(open.peek().next().iterator());
        }
        return false;
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
