package dev.sluice.dashboard.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a target's weight was from then on, in percent of the canary.
 *
 * @param applied the highest that any route carries
 * @param observed the share that was measured; null where it wasn't
 */
public record WeightPoint(
        Instant at, String rollout, Phase phase, int step, Weight desired, Weight applied, Double observed) {

    static WeightPoint of(Status status) {
        var weight = status.weight();
        return new WeightPoint(
                status.updatedAt(),
                status.rollout(),
                status.phase(),
                status.step(),
                weight == null ? null : weight.desired(),
                weight == null ? null : weight.applied(),
                weight == null ? null : weight.observed());
    }

    /** From what a decision changed; empty where it says nothing of a target's weight. */
    static Optional<WeightPoint> of(Audit audit) {
        var after = audit.after();
        if (audit.target() == null || after == null || !(after.get("step") instanceof Number step)) {
            return Optional.empty();
        }
        return phase(after.get("phase"))
                .map(phase -> new WeightPoint(
                        audit.time(),
                        audit.rollout(),
                        phase,
                        step.intValue(),
                        weight(after.get("weight")),
                        weight(after.get("applied")),
                        null));
    }

    private static Optional<Phase> phase(Object word) {
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.word().equals(word))
                .findFirst();
    }

    private static Weight weight(Object percent) {
        return percent instanceof Number number ? Weight.of(new BigDecimal(number.toString())) : null;
    }

    /** Whether nothing but time lies between the two. */
    boolean says(WeightPoint other) {
        return Objects.equals(rollout, other.rollout)
                && phase == other.phase
                && step == other.step
                && Objects.equals(desired, other.desired)
                && Objects.equals(applied, other.applied)
                && Objects.equals(observed, other.observed);
    }
}
