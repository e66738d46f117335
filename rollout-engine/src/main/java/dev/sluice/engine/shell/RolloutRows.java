package dev.sluice.engine.shell;

import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.told.Past;
import dev.sluice.engine.core.told.StatusView;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.History;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.schemas.message.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The columns that people search by, taken from a state. */
final class RolloutRows {
    private RolloutRows() {}

    static Changes.Application application(State state, StateForm.Stored stored, String version, Instant at) {
        var rollout = Optional.ofNullable(state.rollout());
        return new Changes.Application(
                state.application(),
                version,
                stored.state(),
                stored.format(),
                stored.planId(),
                stored.plan(),
                rollout.map(Rollout::id).orElse(null),
                rollout.map(running -> running.phase().word()).orElse(null),
                rollout.map(Rollout::revision).orElse(null),
                (int) rollout.stream()
                        .flatMap(running -> running.targets().stream())
                        .filter(run -> run.position().degraded())
                        .count(),
                at);
    }

    static Optional<Changes.Rollout> of(State state) {
        return Optional.ofNullable(state.rollout())
                .map(rollout -> new Changes.Rollout(
                        state.application(),
                        rollout.id(),
                        rollout.revision(),
                        rollout.phase().word(),
                        rollout.actor(),
                        rollout.startedAt(),
                        endedAt(state),
                        rollout.running() ? null : History.json(Past.of(rollout))));
    }

    /** Of which targets the last status was told, and of which it no longer is the last. */
    static List<Changes.Told> told(State before, State after, Instant at) {
        if (after.rollout() == null) {
            // deleted: what was on the topics goes with this very transaction
            return before.rollout() == null
                    ? List.of()
                    : before.versions().keySet().stream()
                            .map(target -> new Changes.Told(after.application(), target, null))
                            .toList();
        }
        return after.rollout().targets().stream()
                .map(TargetRun::name)
                .filter(target -> !Objects.equals(
                        before.versions().get(target), after.versions().get(target)))
                .filter(target -> isOver(before, target) || isOver(after, target))
                .map(target -> new Changes.Told(after.application(), target, isOver(after, target) ? at : null))
                .toList();
    }

    private static boolean isOver(State state, String target) {
        return Optional.ofNullable(state.rollout())
                .flatMap(rollout -> rollout.target(target))
                .map(run -> run.position().phase().isFinal())
                .orElse(true);
    }

    private static Instant endedAt(State state) {
        if (state.rollout().running()) {
            return null;
        }
        return state.rollout().targets().stream()
                .map(run -> StatusView.of(state, run, state.rollout().startedAt()))
                .map(Status::endedAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
