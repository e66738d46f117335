package dev.sluice.triggers.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Examples.Example;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.UnacceptableJson;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real API server makes of the kind that is committed. */
@EnabledIf("isRealThere")
class DefinitionIT {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(version: v1\n.*?)```");

    /** Kubernetes keeps numbers and not their spelling: of 1.10 comes 1.1. */
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private static KubernetesPart part;
    private static KubernetesClient client;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeAll
    static void open() {
        part = KubernetesPart.start(KubernetesPart.Choice.REAL);
        client = part.client();
        Kind.install(client);
    }

    @AfterAll
    static void close() {
        client.close();
        part.close();
    }

    static List<Example> examples() {
        return Examples.valid("rollout-file");
    }

    static Stream<String> readme() throws IOException {
        return YAML.matcher(Files.readString(Path.of("../README.md"))).results().map(found -> found.group(1));
    }

    private static Map<String, Object> tree(String yaml) throws UnacceptableJson {
        return Json.mapper().convertValue(YamlTree.parse(yaml), new TypeReference<>() {});
    }

    private static GenericKubernetesResource create(Map<String, Object> spec) {
        return client.genericKubernetesResources(Kind.CONTEXT)
                .resource(Kind.object("default", "trial-" + NAMES.incrementAndGet(), spec))
                .create();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyRolloutFileIsASpecAndComesBackAsItWas(Example example) throws UnacceptableJson {
        // given
        var file = tree(example.text());

        // when
        var stored = create(file).getAdditionalProperties().get("spec");

        // then
        assertThat(json(stored).equals(NUMBERS_BY_VALUE, json(file)))
                .as("%s as %s", file, stored)
                .isTrue();
    }

    private static JsonNode json(Object value) {
        return Json.mapper().valueToTree(value);
    }

    @ParameterizedTest
    @MethodSource("readme")
    void theReadmesFilesAreSpecs(String yaml) throws UnacceptableJson {
        // given
        var spec = tree(yaml);
        spec.put("revision", "1.4.2");

        // when
        var stored = create(spec);

        // then
        assertThat(stored.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void aTypingErrorIsKeptForTheEngineToRefuse() {
        // when
        var stored = create(Map.of("application", "shop/checkout", "strategys", Map.of("a", 1)));

        // then
        assertThat(stored.getAdditionalProperties().get("spec").toString()).contains("strategys");
    }

    @Test
    void anObjectStaysWithItsApplicationAndHasOne() {
        // given
        var stored = create(Map.of("application", "shop/checkout"));
        stored.setAdditionalProperty("spec", Map.of("application", "shop/other"));

        // then
        assertThatThrownBy(() -> client.resource(stored).update())
                .hasMessageContaining("make another one for another application");
        assertThatThrownBy(() -> create(Map.of("revision", "1"))).hasMessageContaining("spec.application");
    }
}
