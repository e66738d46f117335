package dev.sluice.triggers.cdevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.wire.Json;
import dev.sluice.triggers.cdevents.Heard.Unfit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the specification's own examples. */
class HeardTest {
    private static ObjectNode example(String name) {
        try (var file = HeardTest.class.getResourceAsStream("/cdevents/" + name + ".json")) {
            return (ObjectNode) Json.mapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode structured(ObjectNode event) {
        return Json.mapper()
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.at("/context/id").asText())
                .put("source", event.at("/context/source").asText())
                .put("type", event.at("/context/type").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"service_published", "artifact_published"})
    void isHeardInEveryMode(String name) throws Unfit {
        // given
        var event = example(name);
        var binary = Map.of(
                "content-type",
                "application/json",
                "ce-type",
                event.at("/context/type").asText());
        var structured = Map.of("content-type", "Application/CloudEvents+JSON; charset=utf-8");
        var encoded = structured(event)
                .put(
                        "data_base64",
                        Base64.getEncoder().encodeToString(event.toString().getBytes(StandardCharsets.UTF_8)));

        // when / then
        assertThat(Heard.of(binary, event)).isEqualTo(event);
        assertThat(Heard.of(structured, structured(event).set("data", event))).isEqualTo(event);
        assertThat(Heard.of(structured, encoded)).isEqualTo(event);
        assertThat(Heard.of(Map.of(), event)).isEqualTo(event);
        assertThat(Heard.mayStart(event)).isTrue();
    }

    @Test
    void onlyWhatWasPublishedMayStart() {
        // given
        var event = example("service_published");
        event.withObject("/context").put("type", "dev.cdevents.service.deployed.0.3.0");

        // when / then
        assertThat(Heard.mayStart(event)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "type", "timestamp", "specversion"})
    void whatLacksWhatItNeedsIsRefusedWithItsPlace(String key) {
        // given
        var event = example("service_published");
        event.withObject("/context").remove(key);

        // when / then
        assertThatThrownBy(() -> Heard.of(Map.of(), event))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("/context/" + key);
    }

    @Test
    void aCloudEventThatSaysSomethingElseThanItsCDEventIsRefused() {
        // given
        var headers = Map.of("content-type", "application/json", "ce-id", "another");

        // when / then
        assertThatThrownBy(() -> Heard.of(headers, example("service_published")))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("another");
    }

    @Test
    void aStructuredOneWithoutDataIsRefused() {
        // given
        var headers = Map.of("content-type", "application/cloudevents+json");

        // when / then
        assertThatThrownBy(() -> Heard.of(headers, structured(example("service_published"))))
                .isInstanceOf(Unfit.class);
    }
}
