package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files of the whole language become, beyond the examples. */
class WholeLanguageTest {
    private static final String FILE = """
            version: v1
            application: shop/checkout
            context: {version: "1", env: file}
            targets:
              "%s": {cluster: one, namespace: shop, strategy: s}
            strategies: {s: {canary: {steps: [%s]}}}
            webhooks: [{name: w, uriTemplate: "https://tests.example/{{context.env}}/{{context.version}}"}]
            trafficManagement:
              - gatewayApi: [{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}]
            """;

    private final RolloutFileReader reader = new RolloutFileReader();

    private RolloutPlan plan(String file, Overrides overrides) {
        return switch (reader.read(file, overrides)) {
            case Read.Valid valid -> valid.plan();
            case Read.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private List<Problem> problems(String file) {
        return switch (reader.read(file, Overrides.NONE)) {
            case Read.Valid valid -> throw new AssertionError("no problem found: " + valid.plan());
            case Read.Invalid invalid -> invalid.problems();
        };
    }

    private String uri(String step, Overrides overrides) {
        var first = plan(FILE.formatted("prod", step), overrides)
                .targets()
                .getFirst()
                .steps()
                .getFirst();
        return ((Step.RunWebhook) first).webhook().uri();
    }

    @Test
    void aStepsContextWinsOverTheCommandsAndThatOverTheFiles() {
        // given
        var command = new Overrides(Map.of("version", "2", "env", "command"), List.of());

        // then
        assertThat(uri("{runWebhook: {name: w}}", Overrides.NONE)).isEqualTo("https://tests.example/file/1");
        assertThat(uri("{runWebhook: {name: w}}", command)).isEqualTo("https://tests.example/command/2");
        assertThat(uri("{runWebhook: {name: w, context: {env: step}}}", command))
                .isEqualTo("https://tests.example/step/2");
        assertThat(uri("{runWebhook: {name: w, context: {env: \"{{context.version}}\"}}}", command))
                .isEqualTo("https://tests.example/2/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod-apac (canary-istio)", "p", "PROD_1", "Zürich ☃", "a.b", "(x)"})
    void targetsHaveNamesAsPeopleWriteThem(String name) {
        assertThat(plan(FILE.formatted(name, "{setWeight: {weight: 5}}"), Overrides.NONE)
                        .targets())
                .extracting(TargetPlan::name)
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a ", " a", "a/b", "a\\tb", "a\\nb", "a\\u0085b", "a\\u2028b"})
    void namesThatNobodyCouldReadAreRefused(String name) {
        assertThat(problems(FILE.formatted(name, "{setWeight: {weight: 5}}")))
                .anySatisfy(problem -> assertThat(problem.message()).contains("1 to 253 printable characters"));
    }

    @Test
    void aNameIsAtMost253CharactersLong() {
        assertThat(plan(FILE.formatted("n".repeat(253), "{setWeight: {weight: 5}}"), Overrides.NONE)
                        .targets())
                .hasSize(1);
        assertThat(problems(FILE.formatted("n".repeat(254), "{setWeight: {weight: 5}}")))
                .isNotEmpty();
    }

    @Test
    @DisplayName("B25: a long body that is called many times is charged for each")
    void webhooksCannotBlowAPlanUp() {
        // given
        var file = FILE.formatted("prod", "{runWebhook: {name: w}}, ".repeat(400) + "{setWeight: {weight: 5}}")
                .replace("{name: w,", "{name: w, bodyTemplate: {inline: \"" + "x".repeat(60_000) + "\"},");

        // then
        assertThat(problems(file)).startsWith(new Problem("/context", "the values make the file too long"));
    }

    @Test
    void aPlanThatAnOlderVersionStoredMeansWhatItMeant() throws Exception {
        // given
        var plan = plan(FILE.formatted("prod", "{pause: {untilApproved: true}}"), Overrides.NONE);
        var stored = Json.mapper().valueToTree(plan);
        for (var later : List.of("rollbackGroup", "lockstep", "inProgress", "windows")) {
            ((ObjectNode) stored).remove(later);
        }
        for (var later : List.of("before", "after")) {
            ((ObjectNode) stored.at("/targets/0")).remove(later);
        }
        for (var later : List.of("minApprovals", "notByStarter")) {
            ((ObjectNode) stored.at("/targets/0/steps/0")).remove(later);
        }

        // then
        assertThat(Json.mapper().treeToValue(stored, RolloutPlan.class)).isEqualTo(plan);
    }

    @Test
    void groupsInLockstepAreNarrowedWithTheTargets() {
        // given
        var file = FILE.formatted("a", "{setWeight: {weight: 5}}")
                .replace(
                        "targets:\n",
                        "rolloutConfig: {lockstep: [[a, b, c]]}\ntargets:\n  b: {cluster: b, namespace: shop, strategy: s}\n  c: {cluster: c, namespace: shop, strategy: s}\n");

        // then
        assertThat(plan(file, Overrides.NONE).lockstep()).containsExactly(List.of("a", "b", "c"));
        assertThat(plan(file, new Overrides(Map.of(), List.of("c", "a"))).lockstep())
                .containsExactly(List.of("a", "c"));
        assertThat(plan(file, new Overrides(Map.of(), List.of("a"))).lockstep()).isEmpty();
    }

    @Test
    void theCommandsTargetsWinOverTargetFilters() {
        // given
        var file = FILE.formatted("a", "{setWeight: {weight: 5}}")
                .replace(
                        "targets:\n",
                        "targetFilters: [{includeTarget: b}]\ntargets:\n  b: {account: b, namespace: shop, strategy: s}\n");

        // then
        assertThat(plan(file, Overrides.NONE).targets())
                .extracting(TargetPlan::name)
                .containsExactly("b");
        assertThat(plan(file, new Overrides(Map.of(), List.of("a"))).targets())
                .extracting(TargetPlan::name)
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifests: []", "manifests: [{path: a}]"})
    void aFileWithManifestsEndsAsItDidThere(String manifests) {
        // given
        var file = FILE.formatted("a", "{setWeight: {weight: 5}}");

        // then
        assertThat(plan(file, Overrides.NONE).targets().getFirst().onPromoted()).isEqualTo(OnPromoted.SWAP);
        assertThat(plan(file + manifests + "\n", Overrides.NONE)
                        .targets()
                        .getFirst()
                        .onPromoted())
                .isEqualTo(OnPromoted.SELECTOR);
    }

    @Test
    void aTargetWithoutARouteIsShownOne() {
        // given
        var file = FILE.formatted("prod", "{setWeight: {weight: 5}}")
                .replace("- gatewayApi", "- targets: [prod-2]\n    gatewayApi");

        // then
        assertThat(problems(file.replace(
                        "targets:\n  \"prod\"",
                        "targets:\n  prod-2: {cluster: two, namespace: shop, strategy: s}\n  \"prod\"")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/targets/prod");
                    assertThat(problem.message())
                            .contains(
                                    "trafficManagement: [{targets: [\"prod\"], smi: [{rootServiceName: <the Service that clients call>}]}]");
                });
    }

    @Test
    void anApprovalSaysOfHowManyAndWhose() {
        // when
        var steps = plan(
                        FILE.formatted(
                                "prod",
                                "{pause: {untilApproved: true}}, {pause: {untilApproved: true, minApprovals: 2, notByStarter: true}}"),
                        Overrides.NONE)
                .targets()
                .getFirst()
                .steps();

        // then
        assertThat(steps.subList(0, 2))
                .containsExactly(
                        new Step.Approval(List.of(), 1, false, null), new Step.Approval(List.of(), 2, true, null));
    }

    @Test
    @DisplayName("B25: a small file whose targets all ask the same of much is refused before it is a huge plan")
    void isRefusedWhereItsTargetsAskTooMuchTogether() {
        // given
        var targets = IntStream.range(0, 100)
                .mapToObj(i -> "  t" + i + ": {cluster: c" + i + ", namespace: shop, strategy: it}\n")
                .collect(Collectors.joining());
        var names = IntStream.range(0, 50).mapToObj(i -> "q" + i).collect(Collectors.joining(", "));
        var steps =
                ("        - analysis: {interval: 1m, numberOfJudgmentRuns: 1, queries: [" + names + "]}\n").repeat(5);
        var queries = IntStream.range(0, 50)
                .mapToObj(i -> "    - {name: q" + i + ", rate: {metric: errors}, upperLimit: 1}\n")
                .collect(Collectors.joining());
        var file = "version: v1\napplication: shop/checkout\ntargets:\n" + targets
                + "strategies:\n  it:\n    canary:\n      steps:\n" + steps + "analysis:\n  queries:\n" + queries
                + "trafficManagement:\n  - smi: [{rootServiceName: checkout}]\n";

        // when
        var read = new RolloutFileReader().read(file, Overrides.NONE);

        // then
        assertThat(read).isInstanceOf(Read.Invalid.class);
        assertThat(((Read.Invalid) read).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/targets");
            assertThat(problem.message()).contains("25000").contains("20000");
        });
    }
}
