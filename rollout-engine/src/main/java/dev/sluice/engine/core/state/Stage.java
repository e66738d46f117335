package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;

/**
 * Where a target is on its way. A closed set; what holds it there beside (an operator's pause, an open order, an open
 * analysis) is in {@link TargetRun}. Everything that depends on where a target is asks the stage's own answers below, so
 * that a new one is one case here and one in the rules that go on from it.
 */
public sealed interface Stage
        permits Stage.Pending,
                Stage.Beginning,
                Stage.Moving,
                Gate,
                Holding,
                Stage.Completing,
                Stage.Selecting,
                Stage.AwaitingFinalize,
                Stage.HandingBack,
                Stage.RollingBack,
                Stage.Observing,
                Stage.Ended {
    /** The phase that people see, as long as nothing holds the target. */
    Phase phase();

    /** What it is over with. */
    Awaits awaits();

    /** Why it waits, for grouping. */
    ReasonCode code();

    /** The step, from 1; 0 outside the steps. */
    default int step() {
        return 0;
    }

    /** Neither waiting for others, nor on its way back, nor over: what {@code pause} and analyses can act on. */
    default boolean isUnderWay() {
        return !goesBack();
    }

    /** All traffic goes to the active backend: tried without end, and late only degraded (B02). */
    default boolean goesBack() {
        return false;
    }

    /**
     * When it has to be told the time; null: never.
     *
     * @param held whether somebody holds the target: most of what waits for the clock then waits for them first
     */
    default Instant dueAt(boolean held) {
        return null;
    }

    /** When it is looked at again though nothing is due: what it waits for ends elsewhere. Null: never. */
    default Instant lookAt() {
        return null;
    }

    /** What a target can wait for. */
    enum Awaits {
        /** Other targets. */
        TARGETS,
        /** The reports of the newest order. */
        REPORTS,
        /** What is said in {@link Gate#conditions}. */
        CONDITIONS,
        /** What is said in {@link Holding}. */
        LEAVE_TO_RAISE,
        /** The active workload to run the revision, as seen, or as {@code finalize} says. */
        FINALIZE,
        /** Whoever decides in Sluice's place. */
        ANOTHER_TOOL,
        NOTHING
    }

    /** Some of the targets it depends on are not promoted yet. */
    record Pending() implements Stage {
        @Override
        public Phase phase() {
            return Phase.PENDING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.TARGETS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.DEPENDENCY_PENDING;
        }

        @Override
        public boolean isUnderWay() {
            return false;
        }
    }

    /** The order that begins its generation awaits its reports. */
    record Beginning() implements Stage {
        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.REPORTS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.BEGINNING;
        }
    }

    /**
     * What the step wants of the routes is ordered; over once every route reported it applied.
     *
     * @param passes whether the step itself is over with that, although it waits for something else
     */
    record Moving(int step, boolean passes) implements Stage {
        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.REPORTS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.WEIGHT_ORDERED;
        }
    }

    /** All steps are done, the canary has all traffic; the generation's last order awaits its reports. */
    record Completing() implements Stage {
        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.REPORTS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.ENDING;
        }
    }

    /** All steps are done, the canary has all traffic; the active backend's Service gets the canary's selector. */
    record Selecting() implements Stage {
        @Override
        public Phase phase() {
            return Phase.FINALIZING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.REPORTS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.ENDING;
        }
    }

    /** All steps are done; waits until the active workload is seen to run the revision, or somebody says so. */
    record AwaitingFinalize() implements Stage {
        @Override
        public Phase phase() {
            return Phase.FINALIZING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.FINALIZE;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.FINALIZE_PENDING;
        }
    }

    /** The traffic goes back to the active backend, which runs the revision now. */
    record HandingBack() implements Stage {
        @Override
        public Phase phase() {
            return Phase.FINALIZING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.REPORTS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.HANDING_BACK;
        }

        @Override
        public boolean goesBack() {
            return true;
        }
    }

    /** Weight 0 is ordered; over only when every route reported it applied. */
    record RollingBack() implements Stage {
        @Override
        public Phase phase() {
            return Phase.ROLLING_BACK;
        }

        @Override
        public Awaits awaits() {
            return Awaits.REPORTS;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.ABORTED;
        }

        @Override
        public boolean goesBack() {
            return true;
        }
    }

    /**
     * Another tool decides: what it does is watched, and judged.
     *
     * @param step whose weight it has reached last, or one after that
     * @param judges whether an analysis of that step is under way
     */
    record Observing(int step, boolean judges) implements Stage {
        @Override
        public Phase phase() {
            return judges ? Phase.ANALYZING : Phase.PROGRESSING;
        }

        @Override
        public Awaits awaits() {
            return Awaits.ANOTHER_TOOL;
        }

        @Override
        public ReasonCode code() {
            return judges ? ReasonCode.ANALYSIS_RUNNING : ReasonCode.WEIGHT_APPLIED;
        }
    }

    /**
     * Over, as {@code phase} says.
     *
     * @param blocks promoted, and yet those that depend on it never start
     */
    record Ended(Phase phase, Instant at, boolean blocks) implements Stage {
        @Override
        public Awaits awaits() {
            return Awaits.NOTHING;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.ENDING;
        }

        @Override
        public boolean isUnderWay() {
            return false;
        }
    }
}
