package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Sight;
import dev.sluice.schemas.message.WeightOrder;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks at routes that another tool decides about, and has no way to write. What it has seen is its own: an object that is served
 * for one route may be looked at for another.
 */
public final class RouteLooks {
    private static final Logger LOG = Logger.getLogger(RouteLooks.class);

    private final Looks looks;
    private final Sightings sightings;
    private final Clock clock;

    RouteLooks(Looks looks, Sightings sightings, Clock clock) {
        this.looks = looks;
        this.sightings = sightings;
        this.clock = clock;
    }

    /** Asks the API server where watches don't tell, and blocks for as long as that takes. Never throws. */
    public Event look(WeightOrder order) {
        try {
            var shown = looks.fromWatches(new Decision.Look(order, false));
            return shown.isPresent() ? shown.get() : looks.at(order);
        } catch (RuntimeException e) {
            LOG.debug("a look failed", e);
            return new Event.LookFailed(Failures.of(e), clock.instant());
        }
    }

    /** What a watch saw; empty where that says nothing of the route. */
    public Optional<Sight> see(WeightOrder order, Watches.ObjectChange change) {
        return sightings.see(order, change.kind(), change.namespace(), change.name(), change.document());
    }

    public void forget(String route) {
        sightings.forget(route);
    }
}
