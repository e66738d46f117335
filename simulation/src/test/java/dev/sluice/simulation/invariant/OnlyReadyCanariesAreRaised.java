package dev.sluice.simulation.invariant;

import dev.sluice.simulation.world.Observation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** No write of Sluice gives a canary more traffic that has had no ready endpoint for longer than news takes. */
public final class OnlyReadyCanariesAreRaised implements Invariant {
    /** A frozen applier may act on what it saw before. */
    private static final long NEWS_SECONDS = 25;

    private final Map<String, Instant> emptySince = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.EndpointsChanged(var cluster, var backend, var ready, var at) -> {
                if (ready == 0) {
                    emptySince.putIfAbsent(cluster + "/" + backend, at);
                } else {
                    emptySince.remove(cluster + "/" + backend);
                }
            }
            case Observation.Written written -> {
                if (!written.byHand() && written.after() != null) {
                    check(written);
                }
            }
            default -> {}
        }
    }

    /** Without an object the root Service, which the object is named after, has all traffic. */
    private static double ofNothing(String route, String backend) {
        return route.endsWith("/" + backend) ? 100 : 0;
    }

    private void check(Observation.Written written) {
        var cluster = written.route().substring(0, written.route().indexOf('/'));
        for (var backend : written.after().weights().keySet()) {
            var isCanary = !backend.equals(written.after().fence().active());
            var since = emptySince.get(cluster + "/" + backend);
            var before = written.before() == null
                    ? ofNothing(written.route(), backend)
                    : written.before().share(backend);
            if (isCanary
                    && since != null
                    && written.at().isAfter(since.plusSeconds(NEWS_SECONDS))
                    && written.after().share(backend) > before) {
                throw new Violation(
                        this, written.route() + " raises " + backend + ", which has no endpoint since " + since);
            }
        }
    }
}
