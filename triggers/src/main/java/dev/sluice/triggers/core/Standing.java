package dev.sluice.triggers.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import java.util.List;

/**
 * The status of a custom resource.
 *
 * @param step such as {@code 3/7}
 * @param weight of the target that the phase is from, in percent
 * @param degraded a rollback takes longer than it may
 * @param lastCommand what became of the newest order by annotation
 * @param memory what the next look goes on from; nobody else's business
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Standing(
        long observedGeneration,
        Phase phase,
        ReasonCode reasonCode,
        String message,
        String step,
        Weight weight,
        String rollout,
        String revision,
        String stableRevision,
        boolean degraded,
        String lastCommand,
        List<Target> targets,
        List<Condition> conditions,
        Memory memory) {

    /** One target's share of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(String name, Phase phase, String step, Weight weight, ReasonCode reasonCode, String message) {
        static Target of(Status status, String message) {
            return new Target(
                    status.target(), status.phase(), stepOf(status), weightOf(status), status.reasonCode(), message);
        }
    }

    public Standing {
        targets = targets == null ? List.of() : List.copyOf(targets);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        memory = memory == null ? Memory.NOTHING : memory;
    }

    static String stepOf(Status status) {
        return status.step() + "/" + status.steps();
    }

    static Weight weightOf(Status status) {
        return status.weight() == null ? null : status.weight().desired();
    }
}
