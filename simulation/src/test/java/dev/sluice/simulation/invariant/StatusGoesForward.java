package dev.sluice.simulation.invariant;

import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/**
 * The last status on the topic is the newest: nobody who reads it from the beginning ends up with an old one. A relay
 * that takes over may repeat what the one before it sent, and then goes on to the newest.
 */
public final class StatusGoesForward implements Invariant {
    private final Map<String, Long> last = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            // what the lost database had said stands on the topic until there is something new to say
            case Observation.Restored restored -> last.clear();
            case Observation.Appended(var topic, var partition, var offset, var key, Status status, var at) ->
                last.put(key, status.version());
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
