package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.state.Stage;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.world.Observation;
import java.util.Arrays;
import java.util.Set;

/** When everything works again, each target comes to its end, or its status names the person it waits for. */
public final class EveryRolloutEndsOrWaits implements Invariant {
    private static final Set<String> PEOPLE = Set.of("approval", "person", "command");

    private boolean isRestored;

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Restored) {
            isRestored = true;
        }
    }

    @Override
    public void atEnd(Ending ending) {
        for (var state : ending.states().values()) {
            if (state.rollout() == null) {
                continue;
            }
            for (var target : state.rollout().targets()) {
                var status = ending.dashboard().get(Keys.applicationTarget(state.application(), target.name()));
                if (status == null || !status.rollout().equals(state.rollout().id())) {
                    if (isRestored) {
                        continue; // the topic still shows what the lost database had begun
                    }
                    throw new Violation(
                            this,
                            "the dashboard shows " + status + " for "
                                    + state.rollout().id());
                }
                if (isRestored && target.stage() instanceof Stage.Pending) {
                    continue; // it had begun in the lost time, which the topic still shows until those before it are
                    // done
                }
                if (!status.phase().isFinal() && !isSomebodysTurn(status, ending)) {
                    throw new Violation(this, "waits for nobody: " + status);
                }
            }
        }
    }

    private static boolean isSomebodysTurn(Status status, Ending ending) {
        var waiting = status.waitingFor();
        if (waiting == null) {
            return false;
        }
        // a rollback that can't be carried out goes on trying and calls for a person
        return status.degraded()
                || PEOPLE.contains(waiting.kind())
                || (waiting.kind().equals("target")
                        && Arrays.stream(waiting.name().split(", "))
                                .map(target ->
                                        ending.dashboard().get(Keys.applicationTarget(status.application(), target)))
                                .anyMatch(other -> other != null && isSomebodysTurn(other, ending)));
    }
}
