package dev.sluice.schemas.rollout;

import dev.sluice.schemas.Weight;
import java.time.Duration;
import java.util.List;

/** One step of a strategy; a closed set, one case per kind. */
public sealed interface Step {
    /** The step's key in the rollout file; {@code conditions} where several stand in its place. */
    String kind();

    /** A kind of step that changes nothing: it waits for something, which passes or fails. */
    sealed interface Condition extends Step {}

    record SetWeight(Weight weight) implements Step {
        @Override
        public String kind() {
            return "setWeight";
        }
    }

    /** Ends by itself. */
    record TimedPause(Duration duration) implements Condition {
        @Override
        public String kind() {
            return "pause";
        }
    }

    /**
     * Ends by {@code approve}.
     *
     * @param requiresRoles the approver needs one of them; empty: anyone
     * @param minApprovals how many different people have to approve, at least 1
     * @param notByStarter whether an approval of whoever started the rollout counts for nothing
     * @param expiration rolls back when it passes without an answer; null: never
     */
    record Approval(List<String> requiresRoles, int minApprovals, boolean notByStarter, Duration expiration)
            implements Condition {
        public Approval {
            requiresRoles = List.copyOf(requiresRoles);
            // plans of older versions don't say
            minApprovals = Math.max(1, minApprovals);
        }

        /** By any one person who has the role. */
        public Approval(List<String> requiresRoles, Duration expiration) {
            this(requiresRoles, 1, false, expiration);
        }

        @Override
        public String kind() {
            return "pause";
        }
    }

    record Analysis(AnalysisSpec spec) implements Condition {
        @Override
        public String kind() {
            return "analysis";
        }
    }

    /** Ends with the webhook's answer, or with its callback. */
    record RunWebhook(Webhook webhook) implements Condition {
        @Override
        public String kind() {
            return "runWebhook";
        }
    }

    /** @param match null: matches and mirrors end */
    record SetMatch(Match match) implements Step {
        @Override
        public String kind() {
            return "setMatch";
        }
    }

    record SetMirror(Mirror mirror) implements Step {
        @Override
        public String kind() {
            return "setMirror";
        }
    }

    /** How long 100 % is watched by the background analysis before the rollout ends; always the last step. */
    record Bake(Duration duration) implements Step {
        @Override
        public String kind() {
            return "bake";
        }
    }

    /**
     * Conditions that are waited for at the same time: all have to pass, and one that fails fails the step.
     *
     * @param conditions at least two
     */
    record Together(List<Condition> conditions) implements Step {
        public Together {
            conditions = List.copyOf(conditions);
        }

        /** None, the one condition itself, or all of them together. */
        public static List<Step> of(List<Condition> conditions) {
            return conditions.size() < 2 ? List.copyOf(conditions) : List.of(new Together(conditions));
        }

        @Override
        public String kind() {
            return "conditions";
        }
    }
}
