package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.simulation.world.Observation;

/** Whoever was told the time waits for a later one: a wake-up that stays due would be fired again and again (B07). */
public final class NoWakeUpStaysDue implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Committed committed && committed.event() instanceof Event.TimeReached reached) {
            WakeUps.of(committed.after()).stream()
                    .filter(wakeUp -> !wakeUp.at().isAfter(reached.at()))
                    .findAny()
                    .ifPresent(wakeUp -> {
                        throw new Violation(this, wakeUp + " of " + committed.application() + " stays due");
                    });
        }
    }
}
