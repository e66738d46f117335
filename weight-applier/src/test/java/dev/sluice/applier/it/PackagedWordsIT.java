package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar with a word: nothing is configured, and nothing but what was asked for is printed. */
class PackagedWordsIT {
    private static final String ENTRY =
            "{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}";

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @Test
    void rendersWithoutAnythingAround() throws Exception {
        // given
        var route = Files.readString(
                Path.of("src/test/resources/mesh/gatewayApi/moves-every-rule-that-lists-both/in-object.yaml"));

        // when
        var ended = run(route, "render", "--mesh", "gatewayApi", "--entry", ENTRY, "--weight", "25");

        // then
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith("---\napiVersion: gateway.networking.k8s.io/v1\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    @DisplayName("what can't be rendered ends with 2 and its reason")
    void refuses() throws Exception {
        // when
        var ended = run("", "render", "--mesh", "gatewayApi", "--entry", ENTRY, "--weight", "25");

        // then
        assertThat(ended.err()).startsWith("standard input lacks the HTTPRoute").hasLineCount(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(2);
    }

    private Ended run(String input, String... words) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "@jvm.options", "-jar", "target/quarkus-app/quarkus-run.jar"));
        command.addAll(List.of(words));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        var process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
