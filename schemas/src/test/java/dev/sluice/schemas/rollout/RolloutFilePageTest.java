package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rollout-file.md: what it shows is read, and it has every key. */
class RolloutFilePageTest {
    private static final Path PAGE = Path.of("..", "docs", "rollout-file.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    /** Pages of their own have the keys of queries, and docs/meshes.md those of meshes' entries. */
    private static final Set<String> ELSEWHERE = Set.of("query", "selector");

    private static final String REST = """
            version: v1
            application: shop/checkout
            context: {env: prod}
            targets:
              staging: {cluster: staging, namespace: shop, strategy: careful}
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies: {careful: {canary: {steps: [{setWeight: {weight: 5}}]}}}
            analysis: {queries: [{name: error-rate, rate: {metric: errors}, upperLimit: 1}]}
            webhooks: [{name: smoke-test, uriTemplate: "https://tests.example/"}]
            trafficManagement:
              - gatewayApi: [{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}]
            """;

    static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsRead(String example) throws Exception {
        // given
        var file = (ObjectNode) YamlTree.parse(REST);
        file.setAll((ObjectNode) YamlTree.parse(example));

        // then
        assertThat(new RolloutFileReader().read(file, Overrides.NONE)).isInstanceOf(Read.Valid.class);
    }

    @Test
    void everyKeyIsThere() throws IOException {
        // given
        var shown = new TreeSet<String>();
        CODE.matcher(EXAMPLE.matcher(Files.readString(PAGE)).replaceAll(""))
                .results()
                .flatMap(code -> WORD.matcher(code.group(1)).results())
                .map(MatchResult::group)
                .forEach(shown::add);

        // when
        var keys = new TreeSet<String>();
        var schema = Json.mapper()
                .readTree(
                        RolloutFilePageTest.class.getResourceAsStream("/dev/sluice/schemas/rollout-file.schema.json"));
        collect(schema, keys);

        // then
        assertThat(keys).hasSizeGreaterThan(100);
        assertThat(shown).containsAll(keys);
    }

    private static void collect(JsonNode schema, Set<String> keys) {
        for (var field : schema.properties()) {
            switch (field.getKey()) {
                case "properties" -> {
                    for (var property : field.getValue().properties()) {
                        keys.add(property.getKey());
                        if (!MeshEntries.names().contains(property.getKey())) {
                            collect(property.getValue(), keys);
                        }
                    }
                }
                case "$defs" -> {
                    for (var definition : field.getValue().properties()) {
                        if (!ELSEWHERE.contains(definition.getKey())) {
                            collect(definition.getValue(), keys);
                        }
                    }
                }
                default -> {
                    collect(field.getValue(), keys);
                }
            }
        }
        if (schema.isArray()) {
            schema.forEach(item -> collect(item, keys));
        }
    }
}
