package dev.sluice.schemas.rollout;

import dev.sluice.schemas.Weight;
import java.time.Duration;
import java.util.List;

/** One step of a canary strategy; a closed set, one case per kind. */
public sealed interface Step {
    /** The step's key in the rollout file. */
    String kind();

    record SetWeight(Weight weight) implements Step {
        @Override
        public String kind() {
            return "setWeight";
        }
    }

    /** Ends by itself. */
    record TimedPause(Duration duration) implements Step {
        @Override
        public String kind() {
            return "pause";
        }
    }

    /**
     * Ends by {@code approve}.
     *
     * @param requiresRoles the approver needs one of them; empty: anyone
     * @param expiration rolls back when it passes without an answer; null: never
     */
    record Approval(List<String> requiresRoles, Duration expiration) implements Step {
        public Approval {
            requiresRoles = List.copyOf(requiresRoles);
        }

        @Override
        public String kind() {
            return "pause";
        }
    }

    record Analysis(AnalysisSpec spec) implements Step {
        @Override
        public String kind() {
            return "analysis";
        }
    }
}
