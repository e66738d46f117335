package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.simulation.invariant.Invariant;
import dev.sluice.simulation.invariant.Invariants;
import dev.sluice.simulation.mutant.Mutant;
import dev.sluice.simulation.mutant.Mutants;
import dev.sluice.simulation.trace.Trace;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An invariant counts once something that breaks it has been seen to trip it. */
class MutantsTest {
    private static final int SEEDS = 10_000;

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void isNoticed(Mutant mutant) {
        for (var seed = 1; seed <= SEEDS; seed++) {
            // when
            var outcome = Simulation.run(seed, Trace.ofTheLast(), mutant.parts(), List.of(watcher(mutant)));

            // then
            if (outcome.broken().isPresent()) {
                return;
            }
        }
        fail(mutant.name() + " is not noticed by " + mutant.trips().getSimpleName() + " in " + SEEDS + " seeds");
    }

    @Test
    void everyInvariantHasAMutant() {
        // given
        var watched = Mutants.all().stream().map(Mutant::trips).collect(Collectors.toSet());

        // then
        assertThat(Invariants.all()).allSatisfy(invariant -> assertThat(watched).contains(invariant.getClass()));
    }

    private static Invariant watcher(Mutant mutant) {
        return Invariants.all().stream()
                .filter(mutant.trips()::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
