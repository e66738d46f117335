package dev.sluice.sandbox.parts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A service's OpenAPI document, held against the service by its tests: against the entrances that its code has ({@link HttpEntrances}), and
 * against what it answers.
 */
public final class HttpContract {
    private static final Path FILE = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final String DOCUMENT = "https://sluice.dev/openapi";
    private static final String SCHEMAS = "https://sluice.dev/schemas/v1/";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;

    private HttpContract(JsonNode document) {
        this.document = document;
    }

    /** Of the module whose tests run. */
    public static HttpContract ofThisModule() {
        try {
            return of(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static HttpContract of(String yaml) {
        try {
            return new HttpContract(YamlTree.parse(yaml));
        } catch (UnacceptableJson e) {
            throw new IllegalArgumentException(e);
        }
    }

    public JsonNode document() {
        return document;
    }

    /** Such as {@code GET /api/rollouts?after,limit,phase}. */
    public Set<String> entrances() {
        var entrances = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        entrances.add(HttpEntrances.written(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                queries(operation.getValue())));
                    }
                }));
        return entrances;
    }

    private Set<String> queries(JsonNode operation) {
        var names = new TreeSet<String>();
        operation.path("parameters").forEach(parameter -> {
            var resolved = resolved(parameter);
            if (resolved.path("in").asText().equals("query")) {
                names.add(resolved.path("name").asText());
            }
        });
        return names;
    }

    /**
     * What is wrong with an answer by the document; empty where nothing is.
     *
     * @param path as the document writes it, such as {@code /api/rollouts/{application}}
     */
    public List<String> problems(String method, String path, int status, String contentType, String body) {
        var responses = JsonPointer.compile("/paths")
                .appendProperty(path)
                .appendProperty(method.toLowerCase(Locale.ROOT))
                .appendProperty("responses");
        if (document.at(responses).isMissingNode()) {
            return List.of("there is no " + method + " " + path + " in the document");
        }
        var known = document.at(responses).has(Integer.toString(status)) ? Integer.toString(status) : "default";
        var content = resolved(document.at(responses.appendProperty(known))).path("content");
        var mediaType = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if (content.isEmpty() && body.isEmpty()) {
            return List.of();
        }
        return content.has(mediaType)
                ? problems(content.path(mediaType).path("schema"), body)
                : List.of(method + " " + path + " answers " + status + " as " + mediaType + ": " + body);
    }

    private List<String> problems(JsonNode schema, String body) {
        if (!schema.path("type").asText("object").equals("object") && !schema.has("$ref") && !schema.has("items")) {
            return List.of();
        }
        var whole = (ObjectNode) document.deepCopy();
        whole.put("$id", DOCUMENT).set("allOf", Json.mapper().createArrayNode().add(schema));
        try {
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(HttpContract::published))
                    .getSchema(whole)
                    .validate(Json.mapper().readTree(body))
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            return List.of("no JSON: " + body);
        }
    }

    private static String published(String id) {
        if (!id.startsWith(SCHEMAS)) {
            return null;
        }
        var resource = "/dev/sluice/schemas/" + id.substring(SCHEMAS.length());
        try (var stream = HttpContract.class.getResourceAsStream(resource)) {
            return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }
}
