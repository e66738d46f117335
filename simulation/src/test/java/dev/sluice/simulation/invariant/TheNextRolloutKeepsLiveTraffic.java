package dev.sluice.simulation.invariant;

import dev.sluice.simulation.world.Observation;

/**
 * A rollout never begins by moving live traffic: the write that begins a generation leaves its active backend with at
 * least what it had. So the second rollout in a row never sends traffic to the version before.
 */
public final class TheNextRolloutKeepsLiveTraffic implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Written written
                && !written.byHand()
                && written.before() != null
                && written.after() != null
                && written.after().fence().sequence() == 1) {
            var active = written.after().fence().active();
            var before = written.before().share(active);
            // a begin that comes again may well put back what a person changed in between
            if (before == 0 && written.after().share(active) > 0) {
                throw new Violation(
                        this,
                        written.route() + " begins with " + active + ", which had no traffic: " + written.before());
            }
        }
    }
}
