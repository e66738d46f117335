package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a person gives their word to: {@code approve} or {@code reject}. */
public sealed interface Word extends Condition {
    /** The same, with somebody's yes. */
    Word by(String actor);

    /**
     * Somebody's word.
     *
     * @param asks who may give it
     * @param until rolls back when it passes without an answer; null: never
     * @param by who has given it so far, everyone once
     * @param skipped whether it is waited for no longer, however many have given it
     */
    record Approval(Step.Approval asks, Instant until, List<String> by, boolean skipped) implements Word {
        public Approval {
            by = by == null ? List.of() : List.copyOf(by);
        }

        public static Approval open(Step.Approval asks, Instant until) {
            return new Approval(asks, until, List.of(), false);
        }

        /** How many more people have to give it. */
        public int missing() {
            return Math.max(0, asks.minApprovals() - by.size());
        }

        @Override
        public Phase phase() {
            return Phase.AWAITING_APPROVAL;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.APPROVAL_PENDING;
        }

        @Override
        public boolean isOver() {
            return skipped || missing() == 0;
        }

        @Override
        public Instant dueAt() {
            return until;
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public Approval met() {
            return new Approval(asks, until, by, true);
        }

        @Override
        public Approval by(String actor) {
            var all = new ArrayList<>(by);
            all.add(actor);
            return new Approval(asks, until, all, skipped);
        }
    }

    /**
     * A person's word on what an analysis came to, where the file leaves it to one what follows from that.
     *
     * @param id of the analysis, which is over; or, where it passes at the end of the steps beside which it runs, goes on
     * @param name of the analysis
     * @param since when it was asked for: what was sent before is no answer to it
     * @param by who has given it; null while it is waited for
     */
    record Judgement(String id, String name, Outcome outcome, Instant since, String by) implements Word {
        /** As {@link #by}, where nobody gave it and it is waited for no longer. */
        private static final String NOBODY = "nobody";

        public static Judgement asked(String id, String name, Outcome outcome, Instant since) {
            return new Judgement(id, name, outcome, since, null);
        }

        @Override
        public Phase phase() {
            return Phase.AWAITING_APPROVAL;
        }

        @Override
        public ReasonCode code() {
            return ReasonCode.JUDGEMENT_PENDING;
        }

        @Override
        public boolean isOver() {
            return by != null;
        }

        @Override
        public Judgement met() {
            return by == null ? by(NOBODY) : this;
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public Judgement by(String actor) {
            return new Judgement(id, name, outcome, since, actor);
        }
    }
}
