package dev.sluice.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The scripts that Argo CD gets, run as Argo CD runs them: with {@code obj} as a global. */
class ArgoCdTest {
    private static final Path SETTINGS = Path.of("../deploy/argocd/argocd-cm.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static String setting(String what) {
        try {
            return YAML.readTree(SETTINGS.toFile())
                    .path("data")
                    .path("resource.customizations." + what + ".sluice.dev_SluiceRollout")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LuaValue run(String script, String object) {
        var globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(tree(object)));
        return globals.load(script).call();
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isNumber()) {
            return LuaValue.valueOf(node.asDouble());
        }
        if (node.isBoolean()) {
            return LuaValue.valueOf(node.asBoolean());
        }
        if (node.isValueNode()) {
            return LuaValue.valueOf(node.asText());
        }
        var table = new LuaTable();
        node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            table.set(i + 1, lua(node.get(i)));
        }
        return table;
    }

    private static LuaValue health(String status) {
        return run(setting("health"), "{metadata: {generation: 3}" + status + "}");
    }

    private static String word(LuaValue table, String key) {
        return table.get(key).tojstring();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", status: {}",
                ", status: {observedGeneration: 2, phase: Promoted, conditions: [{type: Ready, status: 'True'}]}"
            })
    void whatSluiceHasNotSeenYetIsOnItsWay(String status) {
        // when
        var health = health(status);

        // then
        assertThat(word(health, "status")).isEqualTo("Progressing");
        assertThat(word(health, "message")).isEqualTo("Waiting for Sluice");
    }

    @ParameterizedTest
    @CsvSource({
        "Promoted, Ready, Healthy",
        "Progressing, Reconciling, Progressing",
        "Analyzing, Reconciling, Progressing",
        "AwaitingApproval, Reconciling, Suspended",
        "Paused, Reconciling, Suspended",
        "Waiting, Reconciling, Suspended",
        "RollingBack, Reconciling, Progressing",
        "RolledBack, Stalled, Degraded",
        "Failed, Stalled, Degraded",
        "Cancelled, Stalled, Degraded",
        // ready when started
        "Analyzing, Ready, Healthy",
    })
    void healthFollowsTheConditions(String phase, String condition, String health) {
        // when
        var seen = health(", status: {observedGeneration: 3, phase: " + phase + ", message: why, conditions: [{type: "
                + condition + ", status: 'True'}]}");

        // then
        assertThat(word(seen, "status")).isEqualTo(health);
        assertThat(word(seen, "message")).isEqualTo("why");
    }

    @Test
    void aDegradedRollbackIsDegradedWhateverElseIsMissing() {
        // when
        var seen = health(", status: {observedGeneration: 3, phase: RollingBack, degraded: true}");

        // then
        assertThat(word(seen, "status")).isEqualTo("Degraded");
        assertThat(word(seen, "message")).isEqualTo("RollingBack");
    }

    @Test
    void actionsAreThoseThatThePhaseAllows() {
        // given
        var discovery = tree(setting("actions")).path("discovery.lua").asText();

        // when
        var without = run(discovery, "{metadata: {}}");
        var running = run(discovery, "{metadata: {}, status: {phase: Analyzing}}");
        var promoted = run(discovery, "{metadata: {}, status: {phase: Promoted}}");

        // then
        assertThat(isEnabled(without, "abort")).isFalse();
        assertThat(isEnabled(running, "abort")).isTrue();
        assertThat(isEnabled(running, "undo")).isFalse();
        assertThat(isEnabled(promoted, "abort")).isFalse();
        assertThat(isEnabled(promoted, "undo")).isTrue();
    }

    private static boolean isEnabled(LuaValue actions, String name) {
        return !actions.get(name).get("disabled").toboolean();
    }

    static Stream<String> actions() {
        return definitions().stream().map(each -> each.path("name").asText());
    }

    private static List<JsonNode> definitions() {
        return List.copyOf(YAML.convertValue(
                tree(setting("actions")).path("definitions"),
                YAML.getTypeFactory().constructCollectionType(List.class, JsonNode.class)));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionOrdersByAnnotationAndIsShown(String name) {
        // given
        var script = definitions().stream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .map(each -> each.path("action.lua").asText())
                .orElseThrow();
        var discovered = run(tree(setting("actions")).path("discovery.lua").asText(), "{metadata: {}}");

        // when
        var bare = run(script, "{metadata: {name: checkout}}");
        var annotated = run(script, "{metadata: {resourceVersion: '7', annotations: {kept: as it was}}}");

        // then
        assertThat(bare.get("metadata")
                        .get("annotations")
                        .get("sluice.dev/command")
                        .tojstring())
                .isEqualTo(name);
        var annotations = annotated.get("metadata").get("annotations");
        assertThat(annotations.get("kept").tojstring()).isEqualTo("as it was");
        assertThat(annotations.get("sluice.dev/nonce").tojstring()).startsWith("7-");
        assertThat(discovered.get(name).isnil()).isFalse();
    }

    @Test
    void whatTheActionsWriteIsNoDifference() {
        // when
        var ignored =
                tree(setting("ignoreDifferences")).path("jqPathExpressions").toString();

        // then
        assertThat(ignored).contains("sluice.dev/command", "sluice.dev/nonce", ".metadata.finalizers");
    }
}
