package dev.sluice.cli.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.message.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application's running or last rollout.
 *
 * @param rollout null where none was ever begun
 * @param window what its file's windows say now; null where it has none
 * @param targets each as on the status topic
 * @param steps what each target does, in order; empty where only the topics were read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutShown(
        String application,
        String rollout,
        String revision,
        String actor,
        Instant startedAt,
        WindowShown window,
        List<Status> targets,
        Map<String, List<StepShown>> steps) {

    /** @param until when that changes; null: never */
    public record WindowShown(boolean open, Instant until, String reason) {}

    public RolloutShown {
        targets = targets == null ? List.of() : List.copyOf(targets);
        steps = steps == null ? Map.of() : Map.copyOf(steps);
    }

    public boolean isOver() {
        return targets.stream()
                .allMatch(target -> target.phase() != null && target.phase().isFinal());
    }

    public Optional<Status> target(String name) {
        return targets.stream().filter(target -> target.target().equals(name)).findFirst();
    }

    /** The rollout that waits for this one to end. */
    public Optional<String> queued() {
        return targets.stream().map(Status::queued).filter(id -> id != null).findFirst();
    }
}
