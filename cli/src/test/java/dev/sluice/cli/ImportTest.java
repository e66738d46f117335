package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other tools' files become rollout files that are valid. {@code -Dimports.write=true} writes what is expected anew. */
class ImportTest {
    private static final Path FOLDER = Path.of("src/test/resources/import");
    private static final boolean WRITE = Boolean.getBoolean("imports.write");

    static Stream<Path> cases() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void becomesARolloutFileWithItsNotes(Path folder) throws IOException {
        // when
        var ran = Shell.plain().run("import -f " + folder.resolve("in.yaml"));
        // then
        var expected = folder.resolve("out.yaml");
        if (WRITE) {
            Files.writeString(expected, ran.out());
        }
        assertThat(ran.out()).isEqualTo(Files.readString(expected));
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void whatItWritesIsTakenByTheNextCommand() {
        // given
        var imported = Shell.plain().run("import -f " + FOLDER.resolve("argo-canary/in.yaml"));
        // when
        var ran = Shell.plain().given(imported.out()).run("validate -f -");
        // then
        assertThat(ran.exit()).as(ran.out()).isZero();
    }

    @Test
    void anEditorFindsTheSchemaAtTheEngineThatIsNamed() {
        // when
        var ran = Shell.plain().run("import --url https://sluice.example/ -f " + FOLDER.resolve("argo-canary/in.yaml"));
        // then
        assertThat(ran.out())
                .startsWith(
                        "# yaml-language-server: $schema=https://sluice.example/schemas/v1/rollout-file.schema.json\n");
    }

    @Test
    void namesAreAsTheyAreAskedFor() {
        // when
        var ran = Shell.plain()
                .run("import --application basket/web --target eu --cluster eu-1 -o json -f "
                        + FOLDER.resolve("argo-replicas/in.yaml"));
        // then
        var rollout = Read.json(ran.out()).path("rollout");
        assertThat(rollout.path("application").asText()).isEqualTo("basket/web");
        assertThat(rollout.at("/targets/eu/cluster").asText()).isEqualTo("eu-1");
    }

    @Test
    void writesWhatIsNotValidYetAndSaysWhatToCorrect() throws IOException {
        // given
        var unknown = Files.readString(FOLDER.resolve("flagger-blue-green/in.yaml"))
                .replace("provider: kubernetes", "provider: gloo");
        // when
        var ran = Shell.plain().given(unknown).run("import -f -");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).contains("# provider gloo has no equivalent", "application: shop/basket");
        assertThat(ran.err()).contains("/targets/prod");
    }

    @Test
    void saysWhatItLooksForInAFileOfSomebodyElse() {
        // when
        var ran = Shell.plain().given("kind: Deployment\n").run("import -f -");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("Argo Rollouts", "Flagger", "CD-as-a-Service");
        assertThat(ran.out()).isEmpty();
    }
}
