package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedWordsTest {
    private static final String ENTRY =
            "{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}";
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: checkout, namespace: shop}
            spec:
              rules:
              - backendRefs: [{name: checkout, port: 80}, {name: checkout-canary, port: 80}]
            """;

    private static Arguments wrong(String what, String input, List<String> words, String... told) {
        return Arguments.of(what, input, words, told);
    }

    private static List<String> render(String mesh, String entry, String weight, String... more) {
        var words = new ArrayList<>(List.of("render", "--mesh", mesh, "--entry", entry, "--weight", weight));
        words.addAll(List.of(more));
        return words;
    }

    private static List<String> gatewayApi(String... more) {
        return render("gatewayApi", ENTRY, "25", more);
    }

    static Stream<Arguments> words() {
        return Stream.of(
                wrong("another word", "", List.of("rendr"), "rendr", "render or rights"),
                wrong("an unknown flag", "", gatewayApi("--wait", "1"), "--wait", "--mesh, --entry, --weight"),
                wrong("a flag without its value", "", List.of("render", "--mesh"), "--mesh lacks its value"),
                wrong("a flag given twice", "", gatewayApi("--mesh", "smi"), "--mesh is given twice"),
                wrong("no entry", "", List.of("render", "--mesh", "smi"), "--entry is missing"),
                wrong(
                        "no weight",
                        "",
                        List.of("render", "--mesh", "smi", "--entry", "{rootServiceName: checkout}"),
                        "--weight is missing"),
                wrong("an unknown mesh", "", render("isto", "{}", "25"), "no mesh is named isto", "istio"),
                wrong("rights for an unknown mesh", "", List.of("rights", "--mesh", "isto"), "isto", "istio"),
                wrong("rights for no mesh", "", List.of("rights"), "--mesh is missing"),
                wrong("rights for custom", "", List.of("rights", "--mesh", "custom"), "--kind <plural.group>"),
                wrong(
                        "rights for a kind of no mesh",
                        "",
                        List.of("rights", "--mesh", "smi", "--kind", "a.b"),
                        "custom"));
    }

    static Stream<Arguments> entriesAndWeights() {
        return Stream.of(
                wrong(
                        "an unreadable entry",
                        ROUTE,
                        render("gatewayApi", "{a: ", "25"),
                        "--entry: not readable as YAML"),
                wrong(
                        "an unknown key",
                        ROUTE,
                        render("gatewayApi", ENTRY.replace("name:", "nme: a, name:"), "25"),
                        "--entry /route/nme: unknown key",
                        "ruleName"),
                wrong(
                        "a missing key",
                        ROUTE,
                        render("gatewayApi", "{route: {name: checkout}}", "25"),
                        "--entry /activeService: is missing",
                        "--entry /canaryService: is missing"),
                wrong(
                        "one backend twice",
                        ROUTE,
                        render("gatewayApi", ENTRY.replace("checkout-canary", "checkout"), "25"),
                        "are both `checkout`"),
                wrong("a word for a weight", ROUTE, render("gatewayApi", ENTRY, "some"), "--weight some"),
                wrong("a weight above 100", ROUTE, render("gatewayApi", ENTRY, "101"), "--weight: must be at most 100"),
                wrong("a weight too fine for all", ROUTE, render("gatewayApi", ENTRY, "0.001"), "--weight: "),
                wrong(
                        "a weight too fine for the mesh",
                        "",
                        render("openshift", ENTRY, "12.5"),
                        "--weight: `12.5` is finer than openshift can carry",
                        "a multiple of 1"),
                wrong("a namespace in capitals", "", gatewayApi("--namespace", "Shop"), "--namespace: "),
                wrong(
                        "an active backend of no entry",
                        ROUTE,
                        gatewayApi("--active", "stable"),
                        "name checkout or checkout-canary"));
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                wrong("no object", "", gatewayApi(), "kubectl -n default get httproutes.gateway.networking.k8s.io"),
                wrong("no YAML", "a: [", gatewayApi(), "not readable as YAML"),
                wrong("no object but text", "hello", gatewayApi(), "no Kubernetes object"),
                wrong("one object twice", ROUTE + "---\n" + ROUTE, gatewayApi(), "twice"),
                wrong(
                        "an object of another name",
                        ROUTE.replace("{name: ch", "{name: x-ch"),
                        gatewayApi(),
                        "x-checkout"),
                wrong("an object of another kind", ROUTE.replace("HTTPR", "GRPCR"), gatewayApi(), "GRPCRoute checkout"),
                wrong("an object of another version", ROUTE.replace("io/v1", "io/v2"), gatewayApi(), "io/v2"),
                wrong("an object of another namespace", ROUTE, gatewayApi("--namespace", "stage"), "namespace shop"),
                wrong(
                        "an object that can't carry the route",
                        ROUTE.replace("checkout-canary", "other"),
                        gatewayApi(),
                        "none of the object's rules lists both",
                        "add the missing one"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"words", "entriesAndWeights", "objects"})
    @DisplayName("what is wrong, and what to do, goes to standard error, nothing to standard output, and the code is 2")
    void refuses(String what, String input, List<String> words, String... told) {
        // when
        var spoken = Spoken.of(input, words.toArray(String[]::new));

        // then
        assertThat(spoken.err()).as(what).contains(told);
        assertThat(spoken.out()).isEmpty();
        assertThat(spoken.code()).isEqualTo(2);
    }
}
