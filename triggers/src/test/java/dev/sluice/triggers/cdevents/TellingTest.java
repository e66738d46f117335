package dev.sluice.triggers.cdevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the specification's own schemas. */
class TellingTest {
    private static Status status(Consumer<ObjectNode> change) {
        return example("status", "rolled-back-with-another-queued", Status.class, change);
    }

    private static <T> T example(String kind, String name, Class<T> type, Consumer<ObjectNode> change) {
        try {
            var text = Examples.valid(kind).stream()
                    .filter(example -> example.path().endsWith("/" + name + ".json"))
                    .findFirst()
                    .orElseThrow()
                    .text();
            var json = (ObjectNode) Json.mapper().readTree(text);
            change.accept(json);
            return Json.mapper().treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its links are in another file, and none are written. */
    private static void assertFits(CdEvent event) {
        var name = event.type().replace(".", "");
        try (var file = TellingTest.class.getResourceAsStream("/cdevents/" + name + ".json")) {
            var schema = (ObjectNode) Json.mapper().readTree(file);
            ((ObjectNode) schema.at("/properties/context/properties")).remove("links");
            schema.remove("$id");
            var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            assertThat(registry.getSchema(schema).validate(event.json())).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode content(CdEvent event) {
        return event.json().at("/subject/content");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "Promoted, 1.4.1, none, service.upgraded, pkg:generic/shop/checkout@1.4.2",
                "Promoted, none, none, service.deployed, pkg:generic/shop/checkout@1.4.2",
                "Promoted, 1.4.3, 7f1b, service.rolledback, pkg:generic/shop/checkout@1.4.2",
                "RolledBack, 1.4.1, none, service.rolledback, pkg:generic/shop/checkout@1.4.1",
                "RolledBack, none, none, service.rolledback, pkg:generic/shop/checkout",
            })
    void anEndIsAServicesEvent(String phase, String stable, String undoOf, String type, String artifact) {
        // given
        var status = status(
                json -> json.put("phase", phase).put("stableRevision", stable).put("undoOf", undoOf));

        // when
        var event = Telling.of(status).orElseThrow();

        // then
        assertFits(event);
        assertThat(event.type()).isEqualTo(type);
        assertThat(content(event).path("artifactId").asText()).isEqualTo(artifact);
        assertThat(content(event).at("/environment/id").asText()).isEqualTo("prod");
        assertThat(event.json().at("/context/chainId").asText()).isEqualTo("7f1c");
    }

    @Test
    void theSameEndToldLaterIsTheSameEvent() {
        // when
        var first = Telling.of(status(json -> json.put("version", 42)));
        var later = Telling.of(status(json -> json.put("version", 43).put("updatedAt", "2026-11-21T00:00:00Z")));

        // then
        assertThat(later.orElseThrow().json()).isEqualTo(first.orElseThrow().json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "Progressing", "RollingBack", "Finalizing", "Failed", "Cancelled"})
    void whatMovedNoServiceForGoodIsNoEvent(String phase) {
        assertThat(Telling.of(status(json -> json.put("phase", phase)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:oci/myapp@sha256%3A0b31, pkg:oci/myapp@sha256%3A0b31",
        "main@sha1:a1 b, pkg:generic/shop/checkout@main%40sha1%3Aa1%20b"
    })
    void aRevisionIsWrittenAsAPackageUrl(String revision, String artifact) {
        // when
        var event = Telling.of(status(json -> json.put("phase", "Promoted").put("revision", revision)));

        // then
        assertThat(content(event.orElseThrow()).path("artifactId").asText()).isEqualTo(artifact);
    }

    @ParameterizedTest
    @CsvSource({"Pass, success", "Fail, failure", "Inconclusive, cancel", "Error, error"})
    void aRunIsATestSuiteAndItsQueriesAreCases(String outcome, String said) {
        // given
        var verdict = example("verdict", "fail", Verdict.class, json -> {
            json.put("outcome", outcome);
            json.path("queries").forEach(query -> ((ObjectNode) query).put("outcome", outcome));
        });

        // when
        var events = Telling.of(verdict);

        // then
        assertThat(events).hasSize(1 + verdict.queries().size()).allSatisfy(TellingTest::assertFits);
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(content(event).path("outcome").asText()).isEqualTo(said));
        assertThat(events).extracting(CdEvent::id).doesNotHaveDuplicates();
        assertThat(events.getFirst().type()).isEqualTo("testsuiterun.finished");
        assertThat(content(events.getLast()).at("/testSuiteRun/id").asText()).isEqualTo(verdict.id());
    }

    @Test
    void aRunWithoutValuesIsToldToo() {
        assertThat(Telling.of(example("verdict", "inconclusive-without-values", Verdict.class, json -> {})))
                .isNotEmpty()
                .allSatisfy(TellingTest::assertFits);
    }
}
