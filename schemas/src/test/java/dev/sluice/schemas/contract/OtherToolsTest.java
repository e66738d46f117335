package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that other people have read our contracts as we mean them: AsyncAPI's parser, and the language server of editors. */
class OtherToolsTest {
    private static final Path SCHEMAS =
            Path.of("src/main/resources/dev/sluice/schemas").toAbsolutePath();
    private static final String NAMES_ITS_SCHEMA =
            "# yaml-language-server: $schema=http://localhost:8080/schemas/rollout-file.schema.json\n";

    @TempDir
    Path folder;

    @Test
    void theParserOfAsyncApiHasNothingToSayAgainstTheDocument() {
        // when
        var outcome =
                NodeTools.run("asyncapi.mjs", SCHEMAS.resolve("asyncapi.yaml").toString());
        // then
        assertThat(outcome.lines()).hasSize(1);
        assertThat(outcome.lines().getFirst()).startsWith("18 channels");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void theParserOfAsyncApiRefusesAChannelWithoutItsMessage() throws IOException {
        // given
        var broken = Files.readString(SCHEMAS.resolve("asyncapi.yaml"))
                .replace("$ref: '#/components/messages/verdict'", "$ref: '#/components/messages/judgement'");
        try (var files = Files.list(SCHEMAS)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.writeString(folder.resolve("asyncapi.yaml"), broken);
        // when
        var outcome =
                NodeTools.run("asyncapi.mjs", folder.resolve("asyncapi.yaml").toString());
        // then
        assertThat(outcome.code()).isOne();
        assertThat(outcome.lines()).anySatisfy(line -> assertThat(line).contains("judgement"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-checkout", "every-judge", "ramps", "score", "session-affinity", "yaml-anchors"})
    void anEditorHasNothingToSayAgainstARightFile(String example) throws IOException {
        // given
        var file = file(Files.readString(SCHEMAS.resolve("examples/rollout-file/valid/" + example + ".yaml")));
        // when
        var outcome = NodeTools.run("editor.mjs", SCHEMAS.toString(), file);
        // then
        assertThat(outcome.lines()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    @Test
    void anEditorShowsTheLineThatIsWrong() throws IOException {
        // given
        var file = file("""
                version: v1
                application: shop/checkout
                targets:
                  prod: {cluster: prod, namespace: shop, strategie: careful}
                strategies:
                  careful: {canary: {steps: [{setWeight: {weight: 200}}]}}
                trafficManagement:
                  - smi: [{rootServiceName: checkout}]
                """);
        // when
        var outcome = NodeTools.run("editor.mjs", SCHEMAS.toString(), file);
        // then
        assertThat(outcome.lines())
                .contains(
                        "rollout.yaml:5: Property strategie is not allowed.",
                        "rollout.yaml:5: Missing property \"strategy\".",
                        "rollout.yaml:7: Value is above the maximum of 100.");
        assertThat(outcome.code()).isOne();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("rollout.yaml"), NAMES_ITS_SCHEMA + text)
                .toString();
    }
}
