package dev.sluice.simulation.invariant;

import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The last status on the topic is the newest: nobody who reads it from the beginning ends up with an old one. A relay
 * that died may have repeated what it sent, but what a relay knows to be sent never comes again.
 */
public final class StatusGoesForward implements Invariant {
    private final Map<String, Long> last = new HashMap<>();
    private final Set<String> settled = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            // what the lost database had said stands on the topic until there is something new to say
            case Observation.Restored restored -> {
                last.clear();
                settled.clear();
            }
            case Observation.Settled(var ids) -> settled.addAll(ids);
            case Observation.Appended(var topic, var partition, var offset, var key, Status status, var at) -> {
                if (settled.contains(key + "/" + status.version())) {
                    throw new Violation(this, "version " + status.version() + " of " + key + " comes again");
                }
                last.put(key, status.version());
            }
            default -> {}
        }
    }

    @Override
    public void atEnd(Ending ending) {
        for (var state : ending.states().values()) {
            state.versions().forEach((target, version) -> {
                var shown = last.get(Keys.applicationTarget(state.application(), target));
                var isShown = state.rollout() != null
                        && state.rollout().target(target).isPresent();
                if (isShown && shown != null && !shown.equals(version)) {
                    throw new Violation(this, target + " is at " + version + ", and the topic's last is " + shown);
                }
            });
        }
    }
}
