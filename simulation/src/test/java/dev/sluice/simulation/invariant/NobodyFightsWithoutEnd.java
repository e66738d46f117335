package dev.sluice.simulation.invariant;

import dev.sluice.simulation.world.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Whatever changes what is written to an object, Sluice doesn't answer each change with a write at once (B40). */
public final class NobodyFightsWithoutEnd implements Invariant {
    private static final Duration WHILE = Duration.ofSeconds(10);
    private static final int MOST = 40;

    private final Map<String, Deque<Instant>> writes = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Written written && !written.byHand()) {
            var lately = writes.computeIfAbsent(written.route(), route -> new ArrayDeque<>());
            lately.add(written.at());
            while (lately.peek().isBefore(written.at().minus(WHILE))) {
                lately.remove();
            }
            if (lately.size() > MOST) {
                throw new Violation(this, written.route() + " was written " + lately.size() + " times in " + WHILE);
            }
        }
    }
}
