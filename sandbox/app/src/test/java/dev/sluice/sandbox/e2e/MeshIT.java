package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.message.Phase;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("B16, B20: a rollout moves the weights of a user's own objects, and everything else in them stays")
class MeshIT {
    @ParameterizedTest
    @EnumSource
    void aGoodReleaseIsPromotedAndTheNextOneTheOtherWay(MeshCase mesh) {
        try (var trial = new MeshTrial(mesh, "-good")) {
            // when
            trial.promote("1.1.0");
            trial.promote("1.2.0");
            // then
            assertThatEachObjectShowed(trial, up(mesh), down(mesh));
            assertThat(trial.rest()).isEqualTo(trial.restBefore());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultyReleaseIsRolledBackAndTheNextOneIsPromoted(MeshCase mesh) {
        try (var trial = new MeshTrial(mesh, "-faulty")) {
            // given
            var faulty = trial.startAndAwaitApproval("1.1.0");
            // when
            trial.trial().traffic().of("canary", 0.05);
            // then
            trial.trial().awaitPhase(faulty, Phase.ROLLED_BACK);
            // when
            trial.trial().traffic().of("canary", 0);
            trial.promote("1.1.1");
            // then
            assertThatEachObjectShowed(trial, first(mesh), up(mesh));
            assertThat(trial.rest()).isEqualTo(trial.restBefore());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAbortAfterARoleSwapGoesBackToTheCanaryOfTheReleaseBefore(MeshCase mesh) {
        try (var trial = new MeshTrial(mesh, "-undone")) {
            // given
            trial.promote("1.1.0");
            var unwanted = trial.startAndAwaitApproval("1.2.0");
            // when
            trial.trial().abort();
            // then
            trial.trial().awaitPhase(unwanted, Phase.ROLLED_BACK);
            assertThatEachObjectShowed(
                    trial, up(mesh), Stream.of(100 - mesh.steps().getFirst(), 100));
            assertThat(trial.rest()).isEqualTo(trial.restBefore());
        }
    }

    /** Green's weights while it is the canary. */
    private static Stream<Integer> up(MeshCase mesh) {
        return Stream.of(Stream.of(0), mesh.steps().stream(), Stream.of(100)).flatMap(weights -> weights);
    }

    /** The same while it is the active one. */
    private static Stream<Integer> down(MeshCase mesh) {
        return up(mesh).map(weight -> 100 - weight);
    }

    /** Of a release that is rolled back at its first step. */
    private static Stream<Integer> first(MeshCase mesh) {
        return Stream.of(0, mesh.steps().getFirst());
    }

    private static void assertThatEachObjectShowed(MeshTrial trial, Stream<Integer> one, Stream<Integer> other) {
        var expected = new ArrayList<Double>();
        Stream.concat(one, other).map(Integer::doubleValue).forEach(weight -> {
            if (expected.isEmpty() || !expected.getLast().equals(weight)) {
                expected.add(weight);
            }
        });
        await().untilAsserted(() ->
                assertThat(trial.shares()).allSatisfy(seen -> assertThat(seen).isEqualTo(expected)));
    }
}
