package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of docs/steps.md is a strategy that comes to its end, and back from anywhere. */
class StepsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "steps.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final int MOST_MOVES = 100;

    static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void comesToItsPromotion(String example) {
        // given
        var it = new Scenario().start("r", plan(example));

        // when
        var moves = 0;
        while (!it.phase().isFinal() && moves++ < MOST_MOVES) {
            Obliging.move(it);
        }

        // then
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.target("prod").judging().open()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("B01: an abort meets it anywhere and takes it back")
    @MethodSource("examples")
    void goesBackFromAnywhere(String example) {
        for (int before = 0; before < MOST_MOVES; before++) {
            // given
            var it = new Scenario().start("r", plan(example));
            for (int moves = 0; moves < before && !it.phase().isFinal(); moves++) {
                Obliging.move(it);
            }
            if (it.phase().isFinal()) {
                return;
            }

            // when
            it.say(CommandType.ABORT);
            assertThat(it.ordered().isZero()).isTrue();
            assertThat(it.lastOrder().match()).isNull();
            assertThat(it.lastOrder().mirror()).isNull();
            it.applied();

            // then
            assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(it.target("prod").judging().open()).isEmpty();
        }
        throw new AssertionError("it never ends");
    }

    private static RolloutPlan plan(String strategy) {
        var file = """
                version: v1
                application: shop/checkout
                targets: {prod: {cluster: prod, namespace: shop, strategy: it}}
                strategies:
                  it:
                %s
                analysis: {queries: [{name: error-rate, rate: {metric: errors}, upperLimit: 1}]}
                webhooks: [{name: smoke-test, uriTemplate: "https://tests.example/"}]
                trafficManagement:
                  - gatewayApi: [{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}]
                """.formatted(strategy.indent(4));
        return switch (new RolloutFileReader().read(file, Overrides.NONE)) {
            case Read.Valid valid -> valid.plan();
            case Read.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }
}
