package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl makes of what is rendered. */
@EnabledIf("isRealThere")
class KubectlDiffIT {
    private static final String ENTRY =
            "{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}";
    /** Of values that look like something else without their quotes. */
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: checkout
              annotations: {a: "12e3", b: "yes", c: "1:30", d: "2026-11-21", e: "0x1F", f: "y", g: "null", h: "# no", i: "a: b", j: ""}
            spec:
              rules:
              - backendRefs: [{name: checkout, port: 80, weight: 100}, {name: checkout-canary, port: 80, weight: 0}]
            """;

    @TempDir
    Path folder;

    private KubernetesPart part;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void start() {
        part = KubernetesPart.start(KubernetesPart.Choice.REAL);
        try (var client = part.client()) {
            MeshKinds.GATEWAY_API.install(client);
        }
    }

    @AfterEach
    void stop() {
        part.close();
    }

    @Test
    @DisplayName("kubectl diff shows the weights that change, and nothing else")
    void showsTheWeightsAlone() throws Exception {
        // given
        kubectl(ROUTE, "apply", "-f", "-");

        // when
        var rendered = Spoken.of(
                kubectl("", "get", "httproute", "checkout", "-o", "yaml"),
                "render",
                "--mesh",
                "gatewayApi",
                "--entry",
                ENTRY,
                "--weight",
                "25");

        // then
        assertThat(rendered.err()).isEmpty();
        assertThat(kubectl(rendered.out(), "diff", "-f", "-")
                        .lines()
                        .filter(line -> line.matches("[-+] .*"))
                        .filter(line -> !line.contains("generation:"))
                        .map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly("- weight: 100", "+ weight: 75", "- weight: 0", "+ weight: 25");
    }

    /** What it prints. */
    private String kubectl(String input, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(part.kubectl().orElseThrow().toString()));
        command.addAll(List.of(words));
        var given = Files.writeString(folder.resolve("in"), input);
        var output = folder.resolve("out");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(given.toFile())
                .redirectOutput(output.toFile());
        var kubeconfig = part.writeKubeconfig(folder.resolve("kubeconfig")).toString();
        builder.environment().put("KUBECONFIG", kubeconfig);
        assertThat(builder.start().waitFor(1, TimeUnit.MINUTES))
                .as("kubectl ends")
                .isTrue();
        return Files.readString(output);
    }
}
