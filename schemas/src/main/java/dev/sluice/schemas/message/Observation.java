package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What Sluice makes of a target that another tool decides about; part of its status.
 *
 * @param opinion what Sluice would do by now
 * @param since when it came to that; null before it had anything to judge
 * @param reason why, for people; null before that
 * @param ended what the other tool did with the release in the end; null while it goes on
 * @param agrees whether Sluice would have done as the other tool did: false from the first disagreement on, true once it has
 *     ended without one; null while that is open, and where nobody knows how it ended
 * @param disagreements the newest ones, oldest first
 */
public record Observation(
        Opinion opinion, Instant since, String reason, End ended, Boolean agrees, List<Disagreement> disagreements) {
    public Observation {
        disagreements = disagreements == null ? List.of() : List.copyOf(disagreements);
    }

    /** What Sluice would do where it decided. */
    public enum Opinion {
        @JsonProperty("GoOn")
        GO_ON,
        /** Nothing could be measured, or the file leaves it to a person. */
        @JsonProperty("Pause")
        PAUSE,
        @JsonProperty("RollBack")
        ROLL_BACK
    }

    /** What the other tool did. */
    public enum Move {
        @JsonProperty("Raised")
        RAISED,
        @JsonProperty("Promoted")
        PROMOTED,
        @JsonProperty("TookBack")
        TOOK_BACK
    }

    /** How it ended. */
    public enum End {
        @JsonProperty("Promoted")
        PROMOTED,
        @JsonProperty("TookBack")
        TOOK_BACK,
        /** It is over, and nobody said which way. */
        @JsonProperty("Unknown")
        UNKNOWN
    }

    /**
     * The other tool did what Sluice would not have done.
     *
     * @param sluice what that would have done
     * @param other what was done
     * @param reason for people
     */
    public record Disagreement(Instant at, Opinion sluice, Move other, String reason) {}
}
