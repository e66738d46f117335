package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulation.invariant.Invariants;
import dev.sluice.simulation.invariant.Violation;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.trace.Trace;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole system under every kind of fault, from one seed each. {@code -Dseeds=N} says how many; {@code -Dseed=N} runs
 * that one and prints everything that happens in it. Each fourth is run twice, to know that it can be repeated; {@code
 * -Drepeat=1} says each, {@code -Drepeat=0} none. {@code -Dfrom=N} begins later than at 1.
 */
class SimulationTest {
    private static final String SEEDS = "10000";
    private static final int REPEATED = Integer.getInteger("repeat", 4);

    @Test
    @DisabledIfSystemProperty(named = "seed", matches = ".+")
    void everySeedKeepsEveryInvariant() {
        // given
        var from = Long.getLong("from", 1);
        var seeds = Long.parseLong(System.getProperty("seeds", SEEDS));

        // when
        var failed = LongStream.range(from, from + seeds)
                .parallel()
                .filter(seed -> !isKeptAndRepeatable(seed))
                .findFirst();

        // then
        failed.ifPresent(SimulationTest::explain);
        assertThat(failed).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "seed", matches = ".+")
    void oneSeedCanBeRead() {
        // given
        var seed = Long.parseLong(System.getProperty("seed"));

        // when
        var outcome = run(seed, Trace.ofEverything());

        // then
        outcome.trace().lines().forEach(System.out::println);
        assertThat(outcome.broken().map(Violation::getMessage)).isEmpty();
    }

    private static Simulation.Outcome run(long seed, Trace trace) {
        return Simulation.run(seed, trace, Parts.REAL, Invariants.all());
    }

    private static boolean isKeptAndRepeatable(long seed) {
        var once = run(seed, Trace.ofTheLast());
        if (once.broken().isPresent() || REPEATED == 0 || seed % REPEATED != 0) {
            return once.broken().isEmpty();
        }
        return once.trace().hash() == run(seed, Trace.ofTheLast()).trace().hash();
    }

    private static void explain(long seed) {
        var outcome = run(seed, Trace.ofTheLast());
        var what = outcome.broken().map(Violation::getMessage).orElse("two runs of it differ");
        throw new AssertionError("seed %d (-Dseed=%d prints all of it): %s%nThe last events:%n%s"
                .formatted(
                        seed,
                        seed,
                        what,
                        String.join(System.lineSeparator(), outcome.trace().lines())));
    }
}
