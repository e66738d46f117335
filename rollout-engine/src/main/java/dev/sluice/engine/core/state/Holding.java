package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;

/**
 * The step is over, and entering the next one has to wait for something outside the steps.
 *
 * @param next the step that is entered then
 * @param passes as in {@link Stage.Moving}, of that step
 * @param by which one of its cause holds it; null where there is but one
 * @param until when it may go on by itself; null: nobody knows
 */
public record Holding(int step, int next, boolean passes, Cause cause, String by, Instant until, Instant lookAt)
        implements Stage {
    /** What holds it, and why, for grouping. */
    public enum Cause {
        /** Requests and weight don't agree (B36). */
        SHARE(ReasonCode.SHARE_DISAGREES, true, Phase.WAITING),
        /** The analysis beside the steps failed, and a person says what follows. */
        JUDGEMENT(ReasonCode.JUDGEMENT_PENDING, false, Phase.AWAITING_APPROVAL),
        /** Others of its group have not come as far. */
        LOCKSTEP(ReasonCode.LOCKSTEP_PENDING, false, Phase.WAITING),
        /** By the file's calendar (B24). */
        WINDOW(ReasonCode.WINDOW_CLOSED, false, Phase.WAITING),
        /** Somebody said so (B24). */
        FREEZE(ReasonCode.FROZEN, false, Phase.WAITING);

        private final ReasonCode code;
        private final boolean endsByResume;
        private final Phase phase;

        Cause(ReasonCode code, boolean endsByResume, Phase phase) {
            this.code = code;
            this.endsByResume = endsByResume;
            this.phase = phase;
        }

        public ReasonCode code() {
            return code;
        }
    }

    /** Whether {@code resume} goes on all the same. */
    public boolean endsByResume() {
        return cause.endsByResume;
    }

    public Holding lookingAt(Instant next) {
        return new Holding(step, this.next, passes, cause, by, until, next);
    }

    @Override
    public Phase phase() {
        return cause.phase;
    }

    @Override
    public Awaits awaits() {
        return Awaits.LEAVE_TO_RAISE;
    }

    @Override
    public ReasonCode code() {
        return cause.code;
    }

    @Override
    public Instant dueAt(boolean held) {
        return held ? null : until;
    }
}
