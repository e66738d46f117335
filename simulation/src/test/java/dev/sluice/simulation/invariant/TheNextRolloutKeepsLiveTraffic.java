package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A rollout never moves traffic that it didn't move: the first write of a generation, be it a beginning, a way back (B41) or
 * a fence alone, gives its active backend nothing where that had nothing. So the second rollout in a row never sends traffic
 * to the version before, and neither does its abort. Where nobody was served, somebody is (B17).
 */
public final class TheNextRolloutKeepsLiveTraffic implements Invariant {
    private final Map<String, Long> begun = new HashMap<>();
    private final Set<Long> known = new HashSet<>();
    private boolean isRestored;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Written written -> written(written);
            case Observation.Committed committed -> committed.decisions().forEach(this::decided);
            case Observation.Restored restored -> {
                isRestored = true;
                known.clear();
            }
            default -> {}
        }
    }

    private void decided(Decision decision) {
        switch (decision) {
            case Decision.Began began -> known.add(began.generation());
            case Decision.FenceRaised raised -> known.add(raised.generation());
            default -> {}
        }
    }

    /** What was moved in a time that a restored database doesn't know is taken back all the same (B43). */
    private boolean isFromALostTime(Observation.Written written) {
        var fence = written.before().fence();
        return isRestored && fence != null && !known.contains(fence.generation());
    }

    private void written(Observation.Written written) {
        if (!written.byHand() && written.after() != null) {
            var generation = written.after().fence().generation();
            var newest = begun.getOrDefault(written.route(), 0L);
            begun.put(written.route(), Math.max(newest, generation));
            if (written.before() != null
                    && generation > newest
                    && written.before().servesAll()
                    && !isFromALostTime(written)) {
                check(written);
            }
        }
    }

    private void check(Observation.Written written) {
        var active = written.after().fence().active();
        if (written.before().share(active) == 0 && written.after().share(active) > 0) {
            throw new Violation(
                    this, written.route() + " begins with " + active + ", which had no traffic: " + written.before());
        }
    }
}
