package dev.sluice.engine.core.told;

import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Spent;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of a target of a rollout that is over.
 *
 * @param spent what its time went into, from the start of the rollout to its end; null where an earlier version kept no count
 */
public record Past(
        String target,
        String cluster,
        Phase phase,
        int step,
        int steps,
        ReasonCode reasonCode,
        String reason,
        String actor,
        long driftCount,
        Instant endedAt,
        Map<Spent.Activity, Duration> spent) {

    /** Empty while one of its targets is not over. */
    public static List<Past> of(Rollout rollout) {
        return rollout.running()
                ? List.of()
                : rollout.targets().stream().map(Past::of).toList();
    }

    private static Past of(TargetRun run) {
        var position = run.position();
        return new Past(
                run.name(),
                run.plan().cluster(),
                position.phase(),
                position.step(),
                run.plan().steps().size(),
                position.why().code(),
                position.why().words(),
                position.actor(),
                run.traffic().driftCount(),
                run.stage() instanceof Stage.Ended ended ? ended.at() : null,
                position.spent() == null ? null : position.spent().on());
    }
}
