package dev.sluice.cli.trial;

import dev.sluice.cli.Stop;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a release is tried on: its metrics, a gate that judges them, and how its time passes. */
public interface Ground {
    /** When the release began. */
    Instant begun();

    Instant now();

    /** The revisions that metrics may name. */
    AnalysisSet.Variants variants();

    /** The gate judges these from now on. */
    void judges(AnalysisSet set);

    /** The canary is to get so much. */
    void order(Weight weight);

    /** Whether the canary has got so much. */
    boolean hasCarried(Weight weight);

    /** What the canary gets now. */
    Weight weight();

    /**
     * Time goes on a little.
     *
     * @param latest something is due then: not past it, where time can be stopped there; null: nothing is
     * @return what was found meanwhile
     * @throws Stop where it takes longer than anybody waits for
     */
    List<Verdict> pass(Instant latest) throws Stop;

    /** Whether there is nothing more to judge. */
    boolean isOver();

    /** When what the canary does became what it is then, counted from the beginning; empty where it was so from the first on. */
    Optional<Duration> changedBy(Duration time);
}
