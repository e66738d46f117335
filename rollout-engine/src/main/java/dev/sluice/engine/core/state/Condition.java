package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.time.Instant;
import java.util.List;

/** One thing that a target waits for at a {@link Gate}. A closed set, one case per kind of waiting. */
public sealed interface Condition
        permits Condition.Time, Condition.Analysis, Condition.FirstVerdict, Condition.Webhook, Word {
    /** What people see while it is the foremost one. */
    Phase phase();

    /** Why it waits, for grouping. */
    ReasonCode code();

    /** Whether nothing but an event would still change it. */
    boolean isOver();

    /** Whether it holds the target no longer. */
    default boolean isMet(Instant now) {
        return isOver();
    }

    /** When it has to be told the time; null: never. */
    default Instant dueAt() {
        return null;
    }

    /** Whether its time runs on while somebody holds the target. */
    default boolean runsWhileHeld() {
        return true;
    }

    /** The same once it holds the target no longer, whatever it was waiting for. */
    Condition met();

    /** The lower, the more it matters to who looks on. */
    int rank();

    /**
     * Over at {@code until}, by itself.
     *
     * @param over whether that was seen to have come, while others were still waited for
     */
    record Time(Instant until, boolean over) implements Condition {
        @Override
        public Phase phase() {
            return Phase.PAUSED;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.TIMED_PAUSE;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public boolean isMet(Instant now) {
            return over || !now.isBefore(until);
        }

        @Override
        public boolean runsWhileHeld() {
            return false;
        }

        @Override
        public Instant dueAt() {
            return until;
        }

        @Override
        public Time met() {
            return new Time(until, true);
        }

        @Override
        public int rank() {
            return 3;
        }
    }

    /**
     * An analysis; over once it has passed.
     *
     * @param id of the analysis
     * @param outcome null while it runs
     */
    record Analysis(String id, Outcome outcome) implements Condition {
        @Override
        public Phase phase() {
            return Phase.ANALYZING;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.ANALYSIS_RUNNING;
        }

        @Override
        public boolean isOver() {
            return outcome != null;
        }

        @Override
        public Analysis met() {
            return new Analysis(id, Outcome.INCONCLUSIVE);
        }

        @Override
        public int rank() {
            return 2;
        }
    }

    /**
     * The first verdict of an analysis beside the steps, which are done.
     *
     * @param id of the analysis
     */
    record FirstVerdict(String id, boolean come) implements Condition {
        @Override
        public Phase phase() {
            return Phase.ANALYZING;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.ANALYSIS_RUNNING;
        }

        @Override
        public boolean isOver() {
            return come;
        }

        @Override
        public FirstVerdict met() {
            return new FirstVerdict(id, true);
        }

        @Override
        public int rank() {
            return 2;
        }
    }

    /**
     * An HTTP call, and the callback where one is asked for.
     *
     * @param key the same for all attempts
     * @param attempt from 1
     * @param until when what {@code progress} says is over by itself; null: never
     * @param links that whoever was called has given
     */
    record Webhook(
            dev.sluice.schemas.rollout.Webhook asks,
            String key,
            int attempt,
            Progress progress,
            Instant until,
            List<Link> links)
            implements Condition {
        /** How far it is. */
        public enum Progress {
            /** The call is made, or will be. */
            CALLING,
            /** It failed, and is made again. */
            RETRYING,
            /** It was answered; the callback is awaited. */
            CALLED,
            DONE
        }

        public Webhook {
            links = links == null ? List.of() : List.copyOf(links);
        }

        /** Of this attempt. */
        public String call() {
            return key + "/" + attempt;
        }

        /** Whether a call's id is one of this webhook's, whichever attempt. */
        public boolean made(String call) {
            return call.startsWith(key + "/")
                    && call.substring(key.length() + 1).chars().allMatch(Character::isDigit);
        }

        public Webhook now(Progress next, Instant until, List<Link> more) {
            return new Webhook(asks, key, attempt, next, until, more.isEmpty() ? links : more);
        }

        public Webhook again(Instant until) {
            return new Webhook(asks, key, attempt + 1, Progress.CALLING, until, links);
        }

        @Override
        public Phase phase() {
            return Phase.PROGRESSING;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.WEBHOOK_RUNNING;
        }

        @Override
        public boolean isOver() {
            return progress == Progress.DONE;
        }

        @Override
        public Instant dueAt() {
            return until;
        }

        @Override
        public Webhook met() {
            return now(Progress.DONE, null, List.of());
        }

        @Override
        public int rank() {
            return 1;
        }
    }
}
