package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Where a target is on its way. A closed set; what holds it there beside (an operator's pause, an open order, an open
 * analysis) is in {@link TargetRun}. Everything that depends on where a target is asks the stage's own answers below, so
 * that a new one is one case here and one in the rules that go on from it.
 */
public sealed interface Stage {
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
        return true;
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

    /**
     * Waits for conditions, all at once; over once each of them is met.
     *
     * @param step 0 beside the steps
     */
    record Gate(Place place, int step, List<Condition> conditions) implements Stage {
        /** Before a target begins, at one of its steps, or after its end. */
        public enum Place {
            BEFORE,
            STEP,
            AFTER
        }

        public Gate {
            conditions = List.copyOf(conditions);
        }

        public boolean isPassed(Instant now) {
            return conditions.stream().allMatch(condition -> condition.isMet(now));
        }

        /** What is waited for the longest, as far as one can tell: people, then measurements, then the clock. */
        public Condition foremost() {
            return conditions.stream()
                    .filter(condition -> !condition.isOver())
                    .min(Comparator.comparingInt(Condition::rank))
                    .orElse(conditions.getLast());
        }

        @Override
        public Phase phase() {
            return place == Place.AFTER ? Phase.FINALIZING : foremost().phase();
        }

        @Override
        public Awaits awaits() {
            return Awaits.CONDITIONS;
        }

        @Override
        public ReasonCode code() {
            return foremost().code();
        }

        @Override
        public Instant dueAt(boolean held) {
            return conditions.stream()
                    .filter(condition -> !condition.isOver() && (!held || condition.runsWhileHeld()))
                    .map(Condition::dueAt)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        public Gate met(int number) {
            return with(number, conditions.get(number).met());
        }

        public Gate with(int number, Condition now) {
            var changed = new ArrayList<>(conditions);
            changed.set(number, now);
            return new Gate(place, step, changed);
        }

        /** Somebody gives their word to the conditions of these numbers, from 0. */
        public Gate approved(List<Integer> numbers, String actor) {
            var changed = new ArrayList<>(conditions);
            for (var number : numbers) {
                changed.set(
                        number,
                        conditions.get(number) instanceof Condition.Word open
                                ? open.by(actor)
                                : conditions.get(number));
            }
            return new Gate(place, step, changed);
        }

        /** Nothing of it is waited for any longer. */
        public Gate skipped() {
            return changed(condition -> condition.isOver() ? condition : condition.met());
        }

        /** What an analysis of it came to is left to a person. */
        public Gate asked(Condition.Judgement judgement) {
            return changed(condition ->
                    condition instanceof Condition.Analysis over && over.id().equals(judgement.id())
                            ? judgement
                            : condition);
        }

        public boolean judges(String analysis) {
            return conditions.stream()
                    .anyMatch(condition -> condition instanceof Condition.Analysis one
                            && one.id().equals(analysis));
        }

        /** An analysis has a verdict. */
        public Gate judged(String analysis) {
            return changed(condition -> condition instanceof Condition.FirstVerdict first
                            && first.id().equals(analysis)
                    ? first.met()
                    : condition);
        }

        /** An analysis is over. */
        public Gate closed(String analysis, Outcome outcome) {
            // nobody gives the first verdict of what is over: what follows from that is looked at again
            return judged(analysis)
                    .changed(condition -> condition instanceof Condition.Analysis open
                                    && open.id().equals(analysis)
                            ? new Condition.Analysis(analysis, outcome)
                            : condition);
        }

        /** An analysis begins anew under another id. */
        public Gate restarted(String analysis, String next) {
            return changed(condition -> switch (condition) {
                case Condition.Analysis open when open.id().equals(analysis) -> new Condition.Analysis(next, null);
                case Condition.FirstVerdict open
                when open.id().equals(analysis) -> new Condition.FirstVerdict(next, false);
                case Condition other -> other;
            });
        }

        private Gate changed(UnaryOperator<Condition> change) {
            return new Gate(place, step, conditions.stream().map(change).toList());
        }
    }

    /**
     * The step is over, and entering the next one has to wait for something outside the steps.
     *
     * @param next the step that is entered then
     * @param passes as in {@link Moving}, of that step
     * @param by which one of its cause holds it; null where there is but one
     * @param until when it may go on by itself; null: nobody knows
     */
    record Holding(int step, int next, boolean passes, Cause cause, String by, Instant until, Instant lookAt)
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
        public boolean isUnderWay() {
            return false;
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
        public boolean isUnderWay() {
            return false;
        }

        @Override
        public boolean goesBack() {
            return true;
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
