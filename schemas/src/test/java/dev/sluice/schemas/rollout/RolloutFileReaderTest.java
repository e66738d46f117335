package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Mutation;
import dev.sluice.schemas.wire.StrictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a command changes about a file, and what no file may do to the reader. */
class RolloutFileReaderTest {
    private static final int MUTANTS = 2000;
    private static final long SEED = 20261120;
    private static final String FILE = """
            version: v1
            application: shop/checkout
            description: "{{context.version}}"
            context: {version: "1", cluster: one}
            targets:
              staging: {cluster: "{{context.cluster}}", namespace: shop, strategy: quick}
              prod: {cluster: prod, namespace: shop, strategy: quick, constraints: {dependsOn: [staging]}}
            strategies:
              quick: {canary: {steps: [{setWeight: {weight: 50}}, {setWeight: {weight: 100}}, {pause: {duration: 1m}}]}}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    private final RolloutFileReader reader = new RolloutFileReader();

    @Test
    void theCommandsContextWinsOverTheFiles() {
        // when
        var plan = plan(FILE, new Overrides(Map.of("cluster", "two"), List.of()));

        // then
        assertThat(plan.targets().getFirst().cluster()).isEqualTo("two");
        assertThat(plan.targets().getFirst().routes().getFirst().identity())
                .isEqualTo("two/shop/trafficsplits.split.smi-spec.io/checkout");
    }

    @Test
    void numbersAreFilledInAsTheyWereWritten() throws Exception {
        // given
        var file = FILE.replace("cluster: one", "cluster: 1.10");
        var fromCommand = Map.<String, Object>of("cluster", new BigDecimal("2.20"));
        var asJson = StrictJson.parse("{\"cluster\":3.30}");

        // then
        assertThat(plan(file, Overrides.NONE).targets().getFirst().cluster()).isEqualTo("1.10");
        assertThat(plan(file, new Overrides(fromCommand, List.of()))
                        .targets()
                        .getFirst()
                        .cluster())
                .isEqualTo("2.20");
        assertThat(asJson.get("cluster").decimalValue().toPlainString()).isEqualTo("3.30");
    }

    @Test
    void theCommandsTargetsNarrowTheFilesAndTheirDependencies() {
        // when
        var plan = plan(FILE, new Overrides(Map.of(), List.of("prod")));

        // then
        assertThat(plan.targets()).extracting(TargetPlan::name).containsExactly("prod");
        assertThat(plan.targets().getFirst().dependsOn()).isEmpty();
    }

    @Test
    void withoutThemAllTargetsTakePartInTheFilesOrder() {
        // when
        var plan = plan(FILE, Overrides.NONE);

        // then
        assertThat(plan.targets()).extracting(TargetPlan::name).containsExactly("staging", "prod");
        assertThat(plan.targets().getLast().dependsOn()).containsExactly("staging");
    }

    @Test
    void aTargetThatTheFileDoesNotHaveIsAProblem() {
        assertThat(problems(FILE, new Overrides(Map.of(), List.of("prod", "moon"))))
                .containsExactly(new Problem(
                        "/targets",
                        "the command asks for a target `moon` that is not there",
                        List.of("staging", "prod")));
    }

    @Test
    void theLast100IsAddedOnlyWhereItIsMissing() {
        // when
        var complete = plan(FILE, Overrides.NONE).targets().getFirst().steps();
        var completed = plan(FILE.replace("100", "99"), Overrides.NONE)
                .targets()
                .getFirst()
                .steps();

        // then
        assertThat(complete).extracting(Step::kind).containsExactly("setWeight", "setWeight", "pause");
        assertThat(completed).extracting(Step::kind).containsExactly("setWeight", "setWeight", "pause", "setWeight");
    }

    @Test
    void theTreeOfAFileMeansTheSameAsItsTextAndStaysAsItWas() throws Exception {
        // given
        var text = Examples.valid("rollout-file").stream()
                .filter(example -> example.path().endsWith("as-json.json"))
                .findFirst()
                .orElseThrow()
                .text();
        JsonNode tree = StrictJson.parse(text);

        // when
        var read = reader.read(tree, Overrides.NONE);

        // then
        assertThat(read).isEqualTo(reader.read(text, Overrides.NONE)).isInstanceOf(Read.Valid.class);
        assertThat(tree).isEqualTo(StrictJson.parse(text));
    }

    @Test
    void aPlanIsStoredAndReadBack() throws Exception {
        // given
        var plan = plan(FILE, Overrides.NONE);

        // then
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(plan), RolloutPlan.class))
                .isEqualTo(plan);
    }

    @Test
    void b25_aHugeFileIsRefusedUnread() {
        assertThat(problems("#".repeat(RolloutFileReader.MAX_CHARS + 1), Overrides.NONE))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("1048577 characters"));
    }

    @Test
    void b25_contextCannotBlowAFileUp() {
        // given
        var file = FILE.replace(
                "description: \"{{context.version}}\"",
                "description: \"" + "{{context.version}}".repeat(20_000) + "\"");

        // when
        var problems = problems(file, new Overrides(Map.of("version", "x".repeat(1024)), List.of()));

        // then
        assertThat(problems).contains(new Problem("/context", "the values make the file too long"));
    }

    @Test
    void b25_atMostAHundredProblemsAreTold() {
        // given
        var colours = new StringBuilder(FILE);
        for (int i = 0; i < 500; i++) {
            colours.append("colour").append(i).append(": red\n");
        }

        // then
        assertThat(problems(colours.toString(), Overrides.NONE)).hasSize(101).endsWith(Problem.more());
    }

    @Test
    void b25_aChainOfManyTargetsIsRefusedWithoutFollowingIt() {
        // given
        var targets = Json.mapper().createObjectNode();
        for (int i = 0; i < 20_000; i++) {
            targets.putObject("t" + i)
                    .putObject("constraints")
                    .putArray("dependsOn")
                    .add("t" + (i + 1));
        }

        // when
        var read = reader.read(Json.mapper().createObjectNode().set("targets", targets), Overrides.NONE);

        // then
        assertThat(read).isInstanceOf(Read.Invalid.class);
    }

    @Test
    void b25_mutatedFilesNeverThrow() {
        // given
        var random = new Random(SEED);
        var files = Examples.valid("rollout-file");
        int valid = 0;

        // when
        for (int i = 0; i < MUTANTS; i++) {
            var mutant = Mutation.of(files.get(random.nextInt(files.size())).utf8(), random);
            var read = reader.read(new String(mutant, StandardCharsets.UTF_8), Overrides.NONE);

            // then
            switch (read) {
                case Read.Invalid invalid -> assertThat(invalid.problems()).isNotEmpty();
                case Read.Valid ignored -> valid++;
            }
        }
        assertThat(valid).as("mutants that were still valid").isBetween(1, MUTANTS - 1);
    }

    @Test
    void everyGroupOfAScoredAnalysisNeedsAWeight() {
        // given
        var file = FILE.replace(
                        "{pause: {duration: 1m}}",
                        "{analysis: {interval: 1m, queries: [a, b], score: {groupWeights: {slow: 100}}}}")
                + """
                analysis:
                  queries:
                    - {name: a, mean: {metric: a}, compare: {judge: mann-whitney, group: slow}}
                    - {name: b, mean: {metric: b}, compare: {judge: mann-whitney, group: errors}}
                """;

        // then
        assertThat(problems(file, Overrides.NONE))
                .contains(new Problem(
                        "/strategies/quick/canary/steps/2/analysis/score/groupWeights",
                        "queries of this analysis are of the group `errors`, which has no weight"));
    }

    private RolloutPlan plan(String file, Overrides overrides) {
        return switch (reader.read(file, overrides)) {
            case Read.Valid valid -> valid.plan();
            case Read.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private List<Problem> problems(String file, Overrides overrides) {
        return switch (reader.read(file, overrides)) {
            case Read.Valid valid -> throw new AssertionError("no problem found: " + valid.plan());
            case Read.Invalid invalid -> invalid.problems();
        };
    }
}
