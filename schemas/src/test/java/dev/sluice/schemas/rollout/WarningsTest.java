package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is carried out as it stands, and perhaps not what was meant. */
class WarningsTest {
    private static final String RATIO = "ratio: {numerator: {metric: errors}, denominator: {metric: requests}}";
    private static final String FILE = """
            version: v1
            application: shop/checkout
            targets: {prod: {cluster: prod, namespace: shop, strategy: quick}}
            strategies:
              quick: {canary: {steps: [{setWeight: {weight: 50}}, {analysis: {interval: 30s, queries: [q]}}]}}
            analysis: {queries: [{name: q, %s}]}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    private final RolloutFileReader reader = new RolloutFileReader();

    private List<Problem> warnings(String query) {
        return switch (reader.read(FILE.formatted(query), Overrides.NONE)) {
            case Read.Valid valid -> valid.warnings();
            case Read.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    @Test
    void aLimitOnFewSamplesThatIsLookedAtWithEveryEventTakesGoodReleasesBack() {
        assertThat(warnings(RATIO + ", upperLimit: 0.01, minimumSamples: 100, evaluation: continuous"))
                .containsExactly(new Problem(
                        "/analysis/queries/0",
                        "is looked at with every event from 100 samples on, and allows 1 % of them: of releases with half as"
                                + " many, 35 in 100 are taken back by chance; take `compare: {judge: sequential}`, or say"
                                + " `minimumSamples: 1000`"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RATIO + ", lowerLimit: 0.99, minimumSamples: 999, evaluation: continuous",
                "over: {metric: seconds, bound: 0.5}, upperLimit: 0.05, minimumSamples: 199, evaluation: continuous",
                "quantile: {metric: seconds, q: 0.99}, upperLimit: 0.5, minimumSamples: 999, evaluation: continuous"
            })
    void soDoLimitsOnOtherShares(String query) {
        assertThat(warnings(query)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RATIO + ", upperLimit: 0.01, minimumSamples: 1000, evaluation: continuous",
                RATIO + ", upperLimit: 0.01, minimumSamples: 100",
                RATIO + ", upperLimit: 0.01, minimumSamples: 100, evaluation: continuous, dryRun: true",
                RATIO + ", upperLimit: 0.01, minimumSamples: 100, evaluation: continuous, failureLimit: 2",
                RATIO + ", upperLimit: 0, minimumSamples: 100, evaluation: continuous",
                RATIO + ", upperLimit: 3, minimumSamples: 100, evaluation: continuous",
                "mean: {metric: seconds}, upperLimit: 0.01, minimumSamples: 100, evaluation: continuous",
                "quantile: {metric: seconds, q: 0.99}, lowerLimit: 0.5, minimumSamples: 9, evaluation: continuous"
            })
    void enoughSamplesFewLooksAndOtherQuestionsDoNot(String query) {
        assertThat(warnings(query)).isEmpty();
    }

    @Test
    void aFileThatIsRefusedIsWarnedOfAllTheSame() {
        // given
        var noisy = FILE.formatted(RATIO + ", upperLimit: 0.01, evaluation: continuous");
        var ofAnotherShape =
                noisy.replace("cluster:", "unknown: x, cluster:").concat("manifests: [{path: checkout.yml}]\n");
        var ofUnknownNames = noisy.replace("strategy: quick", "strategy: quick, constraints: {dependsOn: [nowhere]}");

        // when / then
        assertThat(invalid(ofAnotherShape).warnings())
                .extracting(Problem::pointer)
                .containsExactly("/manifests");
        assertThat(invalid(ofUnknownNames).warnings())
                .extracting(Problem::pointer)
                .containsExactly("/analysis/queries/0");
    }

    private Read.Invalid invalid(String file) {
        return (Read.Invalid) reader.read(file, Overrides.NONE);
    }

    @Test
    void aQueryThatNobodyAsksIsNobodysTrouble() {
        // given
        var file = FILE.formatted(
                RATIO + ", upperLimit: 0.01}, {name: other, " + RATIO + ", upperLimit: 0.01, evaluation: continuous");

        // then
        assertThat(reader.read(file, Overrides.NONE))
                .isInstanceOfSatisfying(
                        Read.Valid.class, valid -> assertThat(valid.warnings()).isEmpty());
    }
}
