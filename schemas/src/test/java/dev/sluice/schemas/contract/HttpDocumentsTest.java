package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A newcomer, and a generator of clients, find in the OpenAPI documents what they need. */
class HttpDocumentsTest {
    static List<String> services() {
        return Contracts.OVER_HTTP;
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyOperationHasANameOfItsOwnWordsAndWhatGoesWrong(String service) throws IOException {
        // given
        var document = document(service);
        var names = new ArrayList<String>();
        // then
        each(document, (at, operation) -> {
            names.add(operation.path("operationId").asText());
            assertThat(operation.path("operationId").asText()).as(at).matches("[a-z][A-Za-z]+");
            assertThat(operation.path("summary").asText()).as(at).isNotBlank();
            assertThat(operation.path("tags")).as(at).hasSize(1);
            assertThat(operation.path("responses").has("default")).as(at).isTrue();
            assertThat(operation.has("security") || document.has("security"))
                    .as(at)
                    .isTrue();
        });
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyTagIsExplainedAndUsed(String service) throws IOException {
        // given
        var document = document(service);
        var used = new TreeSet<String>();
        each(document, (at, operation) -> used.add(operation.at("/tags/0").asText()));
        // then
        assertThat(document.path("tags").findValuesAsText("name")).containsExactlyInAnyOrderElementsOf(used);
        assertThat(document.path("tags").findValuesAsText("description")).hasSameSizeAs(used);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyParameterAndFieldIsDescribed(String service) throws IOException {
        // given
        var document = document(service);
        var undescribed = new ArrayList<String>();
        // when
        each(
                document,
                (at, operation) -> operation.path("parameters").forEach(parameter -> {
                    if (!parameter.has("$ref") && !parameter.has("description")) {
                        undescribed.add(at + " " + parameter.path("name"));
                    }
                }));
        document.path("components").path("schemas").properties().forEach(schema -> {
            if (!schema.getValue().has("description")) {
                undescribed.add(schema.getKey());
            }
            schema.getValue().path("properties").properties().forEach(field -> {
                if (!field.getValue().has("description")) {
                    undescribed.add(schema.getKey() + "/" + field.getKey());
                }
            });
        });
        // then
        assertThat(undescribed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed(String service) throws IOException {
        // given
        var document = document(service);
        var references = new TreeSet<>(document.findValuesAsText("$ref"));
        // then
        assertThat(references)
                .allSatisfy(reference -> assertThat(leadsSomewhere(document, reference))
                        .as(reference)
                        .isTrue());
        for (var kind : List.of("parameters", "requestBodies", "responses", "schemas")) {
            document.path("components")
                    .path(kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
    }

    private static boolean leadsSomewhere(JsonNode document, String reference) {
        var published = "https://sluice.dev/schemas/v1/";
        return reference.startsWith(published)
                ? Files.exists(Contracts.SCHEMAS.resolve(reference.substring(published.length())))
                : !document.at(reference.substring(1)).isMissingNode();
    }

    private static void each(JsonNode document, BiConsumer<String, JsonNode> visitor) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                visitor.accept(operation.getKey() + " " + path.getKey(), operation.getValue())));
    }

    private static JsonNode document(String service) throws IOException {
        return Yaml.read(Files.readString(Contracts.openApi(service)));
    }
}
