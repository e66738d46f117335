package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The packaged jar, by its launchers. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launchers are shell scripts")
class LauncherIT {
    private static final Path SLUICE = Path.of("sluice").toAbsolutePath();
    private static final Path KUBECTL_SLUICE = Path.of("kubectl-sluice").toAbsolutePath();

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private record Ran(int exit, String out, String err) {}

    @TempDir
    private Path folder;

    @Test
    void runsFromAnywhereAlsoByALink() throws Exception {
        // given
        var link = Files.createSymbolicLink(folder.resolve("sluice"), SLUICE);
        // when
        var ran = run(link, Map.of(), "--version");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("sluice ").doesNotContain("not packaged");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void isAPluginOfKubectl() throws Exception {
        // when
        var ran = run(KUBECTL_SLUICE, Map.of(), "get", "--help");
        // then
        assertThat(ran.out()).startsWith("Usage: kubectl sluice get");
    }

    @Test
    void passesTheExitCodeOn() throws Exception {
        // when
        var ran = run(SLUICE, Map.of(), "validate", "-f", "/no/such/file");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void readsARolloutFileWithAllThatIsPackaged() throws Exception {
        // given
        var file = Files.writeString(folder.resolve("rollout.yaml"), """
                version: v1
                application: shop/checkout
                targets:
                  prod: {cluster: prod, namespace: shop, strategy: careful}
                strategies:
                  careful: {canary: {steps: [{setWeight: {weight: 10}}]}}
                trafficManagement:
                  - smi: [{rootServiceName: checkout}]
                """);
        // when
        var ran = run(SLUICE, Map.of(), "validate", "-f", file.toString());
        // then
        assertThat(ran).isEqualTo(new Ran(0, "valid: shop/checkout\n", ""));
    }

    @Test
    void judgesInventedMetricsWithAllThatIsPackaged() throws Exception {
        // given
        var rollout = Files.writeString(folder.resolve("rollout.yaml"), """
                version: v1
                application: shop/checkout
                targets:
                  prod: {cluster: prod, namespace: shop, strategy: careful}
                strategies:
                  careful:
                    canary:
                      steps: [{setWeight: {weight: 10}}, {analysis: {interval: 1m, numberOfJudgmentRuns: 1, queries: [errors]}}]
                analysis:
                  queries: [{name: errors, rate: {metric: errors, labels: {code: "5.."}}, upperLimit: 1}]
                trafficManagement:
                  - smi: [{rootServiceName: checkout}]
                """);
        var metrics = Files.writeString(folder.resolve("metrics.yaml"), """
                series: [{metric: errors, labels: {code: "503"}, perSecond: {stable: 1, canary: 90}}]
                """);
        // when
        var ran = run(SLUICE, Map.of(), "test", "-f", rollout.toString(), "--metrics", metrics.toString());
        // then
        assertThat(ran.exit()).as(ran.err()).isEqualTo(4);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void replaysWithAllThatIsPackaged() throws Exception {
        // given
        var read = List.of("gate/format/MetricEvents", "gate/format/PlainEvent", "gate/format/Placement");
        // when
        try (var jar = new JarFile(TARGET.resolve("sluice.jar").toFile())) {
            // then
            assertThat(read).allMatch(name -> jar.getEntry("dev/sluice/" + name + ".class") != null);
        }
    }

    @Test
    void theArchiveOfAReleaseIsTheOneThatItsManifestIsAbout() throws Exception {
        // given
        var archive = TARGET.resolve("sluice-cli.tar.gz");
        var manifest =
                new Yaml().<Map<String, Map<String, Object>>>load(Files.readString(TARGET.resolve("sluice.krew.yaml")));
        // when
        var unpacked = new ProcessBuilder("tar", "-xzf", archive.toString())
                .directory(folder.toFile())
                .start()
                .waitFor();
        // then
        assertThat(unpacked).isZero();
        var checksum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
        var spec = manifest.get("spec");
        assertThat(spec.get("platforms"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .satisfies(platform -> assertThat(platform.get("sha256"))
                        .isEqualTo(HexFormat.of().formatHex(checksum)));
        assertThat(run(folder.resolve("kubectl-sluice"), Map.of(), "--version").out())
                .contains(spec.get("version").toString().substring(1));
        assertThat(folder.resolve("LICENSE")).exists();
    }

    @Test
    void worksWhereNoCacheCanBeMade() throws Exception {
        // given
        var noFolder = Files.writeString(folder.resolve("file"), "");
        // when
        var ran = run(SLUICE, Map.of("SLUICE_CACHE", "on", "XDG_CACHE_HOME", noFolder.toString()), "--version");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
    }

    private Ran run(Path launcher, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(launcher.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(words));
        builder.environment().put("SLUICE_CACHE", "off");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        var exit = builder.start().waitFor();
        return new Ran(
                exit, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
