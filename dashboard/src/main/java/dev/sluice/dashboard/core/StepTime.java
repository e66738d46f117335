package dev.sluice.dashboard.core;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a target has been at its step: on its way, and waiting for a person, a clock or another target. Counted from status to
 * status by the times that these say, so that it doesn't matter when they are read.
 *
 * @param step the step's key in the rollout file, or one of the words for what is none: {@code beginning}, {@code ending}, {@code rollingBack}
 * @param isWhole whether its first status was seen; else {@code active} and {@code waiting} are at least so long
 * @param upTo when the status was decided up to which it is counted
 */
public record StepTime(
        String rollout,
        int number,
        String step,
        Phase phase,
        boolean isWhole,
        Instant upTo,
        Duration active,
        Duration waiting) {

    /** Of a target of which nothing was known: it came into this phase a while ago. */
    public static StepTime met(Status status) {
        var since = status.since();
        return begun(status, false, since == null ? status.updatedAt() : since).at(status.updatedAt());
    }

    private static StepTime begun(Status status, boolean isWhole, Instant at) {
        return new StepTime(
                status.rollout(),
                status.step(),
                step(status),
                status.phase(),
                isWhole,
                at,
                Duration.ZERO,
                Duration.ZERO);
    }

    private static String step(Status status) {
        return switch (status.phase()) {
            case ROLLING_BACK -> "rollingBack";
            case FINALIZING, PROMOTED, ROLLED_BACK, FAILED, CANCELLED -> "ending";
            case PENDING, PROGRESSING, ANALYZING, PAUSED, AWAITING_APPROVAL, WAITING ->
                status.stepKind() != null ? status.stepKind() : status.step() == 0 ? "beginning" : "ending";
        };
    }

    /** With the next status of the same target: of the same step, or of one that begins with it. */
    public StepTime then(Status next) {
        if (!isLeftBy(next)) {
            var until = at(next.updatedAt());
            return new StepTime(rollout, number, step, next.phase(), isWhole, until.upTo, until.active, until.waiting);
        }
        return begun(next, true, next.updatedAt());
    }

    /** Whether the step is over with this status. */
    public boolean isLeftBy(Status next) {
        return next.phase().isFinal()
                || !next.rollout().equals(rollout)
                || next.step() != number
                || !step(next).equals(step);
    }

    /** The same, where nothing happens up to then. */
    public StepTime at(Instant now) {
        var more = now.isAfter(upTo) ? Duration.between(upTo, now) : Duration.ZERO;
        var then = upTo.plus(more);
        return waits()
                ? new StepTime(rollout, number, step, phase, isWhole, then, active, waiting.plus(more))
                : new StepTime(rollout, number, step, phase, isWhole, then, active.plus(more), waiting);
    }

    private boolean waits() {
        return switch (phase) {
            case PENDING, PAUSED, AWAITING_APPROVAL, WAITING -> true;
            case PROGRESSING, ANALYZING, ROLLING_BACK, FINALIZING, PROMOTED, ROLLED_BACK, FAILED, CANCELLED -> false;
        };
    }
}
