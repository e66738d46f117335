package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.wire.Json;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of break is made once. */
class HttpBreaksTest {
    private static final String DOCUMENT = """
            {"security": [{"token": []}],
             "paths": {
               "/api/things": {"post": {
                 "operationId": "make",
                 "parameters": [{"name": "wait", "in": "query", "schema": {"type": "string", "maxLength": 9}}],
                 "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/yaml": {}}},
                 "responses": {
                   "202": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Made"}}}},
                   "default": {"$ref": "#/components/responses/Error"}}}},
               "/api/open": {"get": {"operationId": "see", "security": [], "responses": {"200": {"content": {"text/plain": {}}}}}}},
             "components": {
               "responses": {"Error": {"content": {"application/json": {"schema": {"required": ["error"], "properties": {"error": {"type": "string"}}}}}}},
               "schemas": {
                 "Thing": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "size": {"type": "integer"}}},
                 "Made": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "state": {"enum": ["new", "old"]}}}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what is replaced | by what | where it breaks; nothing: nowhere
                "/api/things | /api/thing | POST /api/things",
                "\"post\": { | \"put\": { | POST /api/things",
                "\"make\" | \"create\" | POST /api/things",
                "\"name\": \"wait\" | \"name\": \"for\" | POST /api/things/query/wait",
                "\"in\": \"query\" | \"in\": \"query\", \"required\": true | POST /api/things/query/wait",
                "\"maxLength\": 9 | \"maxLength\": 8 | POST /api/things/query/wait",
                "\"maxLength\": 9 | \"maxLength\": 10 |",
                "[{\"name\": \"wait\" | [{\"name\": \"who\", \"in\": \"header\", \"required\": true}, {\"name\": \"wait\" | POST /api/things/header/who",
                "[{\"name\": \"wait\" | [{\"name\": \"who\", \"in\": \"header\"}, {\"name\": \"wait\" |",
                "\"requestBody\": { | \"requestBody\": {\"required\": true, | POST /api/things/body",
                ", \"text/yaml\": {} | | POST /api/things/body/text/yaml",
                "[\"name\"] | [\"name\", \"size\"] | POST /api/things/body/application/json/size",
                "\"size\": {\"type\": \"integer\"} | \"size\": {\"type\": \"string\"} | POST /api/things/body/application/json/size",
                "[\"name\"] | [] |",
                "\"202\" | \"200\" | POST /api/things/202",
                "\"202\" | \"201\": {}, \"202\" | POST /api/things/201",
                "\"202\" | \"409\": {}, \"202\" |",
                "[\"id\"] | [] | POST /api/things/202/application/json/id",
                "\"id\": {\"type\": \"string\"}, | | POST /api/things/202/application/json/id",
                "[\"new\", \"old\"] | [\"new\", \"old\", \"lost\"] | POST /api/things/202/application/json/state",
                "[\"new\", \"old\"] | [\"new\"] |",
                "\"error\": {\"type\": \"string\"} | \"error\": {\"type\": \"integer\"} | POST /api/things/default/application/json/error",
                "\"security\": [], | | GET /api/open/security",
                "[{\"token\": []}] | [{\"key\": []}] | POST /api/things/security",
                "[{\"token\": []}] | [{\"token\": []}, {\"key\": []}] |",
                "[{\"token\": []}] | [] |",
                "{\"text/plain\": {}} | {} | GET /api/open/200/text/plain"
            })
    void aDifferenceBreaksWhereItIs(String what, String by, String where) throws Exception {
        // given
        assertThat(DOCUMENT).contains(what);
        var changed = DOCUMENT.replace(what, by == null ? "" : by);
        // when
        var breaks = HttpBreaks.between(
                Json.mapper().readTree(DOCUMENT), Json.mapper().readTree(changed));
        // then
        if (where == null) {
            assertThat(breaks).isEmpty();
        } else {
            assertThat(breaks).extracting(Break::at).contains(where);
        }
    }

    @Test
    void aSchemaOfAnotherDocumentIsKnownByItsName() throws Exception {
        // given
        var before = DOCUMENT.replace("#/components/schemas/Made", "https://sluice.dev/schemas/v1/audit.schema.json");
        var now = DOCUMENT.replace("#/components/schemas/Made", "https://sluice.dev/schemas/v2/audit.schema.json");
        // then
        assertThat(HttpBreaks.between(
                        Json.mapper().readTree(before), Json.mapper().readTree(now)))
                .extracting(Break::at)
                .containsExactly("POST /api/things/202/application/json");
    }

    @Test
    void theSameBreaksNobody() throws Exception {
        for (var service : Contracts.OVER_HTTP) {
            var document = Yaml.read(Files.readString(Contracts.openApi(service)));
            assertThat(HttpBreaks.between(document, document.deepCopy())).isEmpty();
        }
    }
}
