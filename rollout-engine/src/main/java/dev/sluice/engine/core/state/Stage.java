package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import java.time.Instant;

/**
 * Where a target is on its way. A closed set; what holds it there beside (an operator's pause, an open order, an open
 * analysis) is in {@link TargetRun}.
 */
public sealed interface Stage {
    /** The phase that people see, as long as nothing holds the target. */
    Phase phase();

    /** The step, from 1; 0 outside the steps. */
    default int step() {
        return 0;
    }

    /** Some of the targets it depends on are not promoted yet. */
    record Pending() implements Stage {
        @Override
        public Phase phase() {
            return Phase.PENDING;
        }
    }

    /** The order that begins its generation awaits its reports. */
    record Beginning() implements Stage {
        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }
    }

    /** A weight is ordered; over once every route reported it applied. */
    record Moving(int step) implements Stage {
        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }
    }

    /** A timed pause; over at {@code until}. */
    record Pausing(int step, Instant until) implements Stage {
        @Override
        public Phase phase() {
            return Phase.PAUSED;
        }
    }

    /** An approval is open until {@code until} (null: for ever); over once {@code approved}. */
    record Approving(int step, Instant until, boolean approved) implements Stage {
        @Override
        public Phase phase() {
            return Phase.AWAITING_APPROVAL;
        }

        public Approving answered() {
            return new Approving(step, until, true);
        }
    }

    /** A step's analysis runs; over once it has passed. */
    record Analyzing(int step) implements Stage {
        @Override
        public Phase phase() {
            return Phase.ANALYZING;
        }
    }

    /** The step is over, and the next one would raise the weight: it waits, for the requests don't agree with it (B36). */
    record Holding(int step) implements Stage {
        @Override
        public Phase phase() {
            return Phase.WAITING;
        }
    }

    /** All steps are done, the canary has all traffic; the generation's last order awaits its reports. */
    record Completing() implements Stage {
        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }
    }

    /** All steps are done, the canary has all traffic; the active backend's Service gets the canary's selector. */
    record Selecting() implements Stage {
        @Override
        public Phase phase() {
            return Phase.FINALIZING;
        }
    }

    /** All steps are done; waits to be told that the active workload runs the revision. */
    record AwaitingFinalize() implements Stage {
        @Override
        public Phase phase() {
            return Phase.FINALIZING;
        }
    }

    /** The traffic goes back to the active backend, which runs the revision now. */
    record HandingBack() implements Stage {
        @Override
        public Phase phase() {
            return Phase.FINALIZING;
        }
    }

    /** Weight 0 is ordered; over only when every route reported it applied. */
    record RollingBack() implements Stage {
        @Override
        public Phase phase() {
            return Phase.ROLLING_BACK;
        }
    }

    /** Over, as {@code phase} says. */
    record Ended(Phase phase, Instant at) implements Stage {}
}
