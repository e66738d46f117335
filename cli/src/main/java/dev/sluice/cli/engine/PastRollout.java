package dev.sluice.cli.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A rollout of an application, those of long ago included.
 *
 * @param phase the rollout's one phase; a word, since one that runs has no phase of its own
 * @param endedAt null while it runs
 * @param assessment what somebody thinks of it, looking back; null where nobody said
 * @param targets what became of each; empty while it runs, and where an earlier version ended it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastRollout(
        String rollout,
        String revision,
        String phase,
        String actor,
        Instant startedAt,
        Instant endedAt,
        Assessed assessment,
        List<PastTarget> targets) {

    public PastRollout {
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    /** @param ending {@code wrong} or {@code right} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Assessed(String ending, String actor, String reason, Instant at) {}

    /** @param spent what its time went into, by activity */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PastTarget(
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
            Map<String, Duration> spent) {

        /** As its last status says. */
        public static PastTarget of(Status status) {
            return new PastTarget(
                    status.target(),
                    status.cluster(),
                    status.phase(),
                    status.step(),
                    status.steps(),
                    status.reasonCode(),
                    status.reason(),
                    status.actor(),
                    status.drift() == null ? 0 : status.drift().count(),
                    status.endedAt(),
                    null);
        }
    }
}
