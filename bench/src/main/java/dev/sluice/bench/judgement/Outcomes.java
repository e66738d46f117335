package dev.sluice.bench.judgement;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** What became of many releases in one regime. Releases are held on all cores; which ones they are doesn't depend on that. */
record Outcomes(Regime regime, List<Contest> contests) {
    /** Late regressions are counted where the release was not stopped before. */
    static Outcomes of(Regime regime, int releases, boolean withHistory) {
        var contests = LongStream.range(0, releases)
                .parallel()
                .mapToObj(seed -> Contest.held(regime, seed, withHistory))
                .filter(it -> it.test >= regime.badAfterSeconds())
                .toList();
        return new Outcomes(regime, contests);
    }

    /** In percent. */
    double stopped(ToDoubleFunction<Contest> when) {
        var stopped = contests.stream()
                .filter(it -> when.applyAsDouble(it) <= regime.end())
                .count();
        return 100.0 * stopped / contests.size();
    }

    /** Seconds from the change on; infinite where fewer than half were stopped. */
    double median(ToDoubleFunction<Contest> when) {
        var sorted = contests.stream().mapToDouble(when).sorted().toArray();
        return sorted[(sorted.length - 1) / 2] - regime.badAfterSeconds();
    }
}
