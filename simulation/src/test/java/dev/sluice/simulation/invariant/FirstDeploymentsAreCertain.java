package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.simulation.world.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All traffic goes to the canary at once only where nobody was served: the active backend had had no ready endpoint for a
 * while, and nothing was ever promoted there (B29).
 */
public final class FirstDeploymentsAreCertain implements Invariant {
    /** Ten seconds of looks a second apart, by a clock that may be set forwards by up to six. */
    private static final Duration AT_LEAST = Duration.ofSeconds(3);

    private final Map<String, Instant> emptySince = new HashMap<>();
    private final Map<String, Duration> longest = new HashMap<>();
    private final Set<String> promoted = new HashSet<>();
    private Instant now = Instant.MIN;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.EndpointsChanged(var cluster, var backend, var ready, var at) -> {
                var name = cluster + "/" + backend;
                if (ready == 0) {
                    emptySince.putIfAbsent(name, at);
                } else if (emptySince.containsKey(name)) {
                    longest.merge(
                            name, Duration.between(emptySince.remove(name), at), FirstDeploymentsAreCertain::longer);
                }
            }
            case Observation.Appended appended -> now = appended.at();
            case Observation.Restored restored -> promoted.clear();
            case Observation.Committed committed -> committed.decisions().forEach(d -> decided(committed, d));
            default -> {}
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void decided(Observation.Committed committed, Decision decision) {
        switch (decision) {
            case Decision.Promoted done -> promoted.add(committed.application() + "/" + done.target());
            case Decision.Deleted forgotten ->
                promoted.removeIf(name -> name.startsWith(committed.application() + "/"));
            case Decision.FirstDeployment first -> check(committed, first.target());
            default -> {}
        }
    }

    private void check(Observation.Committed committed, String target) {
        if (promoted.contains(committed.application() + "/" + target)) {
            throw new Violation(this, target + " of " + committed.application() + " was promoted before");
        }
        var run = committed.before().rollout().target(target).orElseThrow();
        var backend =
                run.plan().cluster() + "/" + run.traffic().routes().getFirst().active();
        var since = emptySince.get(backend);
        var open = since == null ? Duration.ZERO : Duration.between(since, now);
        // the looks were over before the report of them was read
        var seen = longer(open, longest.getOrDefault(backend, Duration.ZERO));
        if (seen.compareTo(AT_LEAST) < 0) {
            throw new Violation(this, backend + " was without endpoints for " + seen + " only");
        }
    }
}
