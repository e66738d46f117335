package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of the applier's jar that docs/ shows do what they are shown for. */
class ShellExamplesTest {
    private static final Pattern CALL =
            Pattern.compile("java -jar weight-applier/target/quarkus-app/quarkus-run\\.jar (?<words>[^|`]+)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|[^\\s']+");

    /** What the page's kubectl would have printed. */
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: checkout, namespace: shop}
            spec:
              rules:
                - backendRefs: [{name: checkout, port: 80, weight: 100}, {name: checkout-canary, port: 80, weight: 0}]
            """;

    static List<List<String>> calls() throws IOException {
        return Stream.of("applier.md", "meshes.md")
                .flatMap(page -> CALL.matcher(read(page)).results())
                .map(call -> WORD.matcher(call.group("words").replace("\\\n", " "))
                        .results()
                        .map(word -> word.group(1) == null ? word.group() : word.group(1))
                        .toList())
                .toList();
    }

    private static String read(String page) {
        try {
            return Files.readString(Path.of("../docs").resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void printsObjectsForKubectl(List<String> call) throws Refused {
        // when
        var spoken = Spoken.of(ROUTE, call.toArray(String[]::new));

        // then
        assertThat(spoken.code()).as(spoken.err()).isZero();
        assertThat(Manifests.read(spoken.out())).isNotEmpty();
    }
}
