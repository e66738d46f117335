package dev.sluice.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.cli.trial.Tried.Ending;
import java.time.Duration;
import java.time.Instant;

/**
 * What another file makes of one target of a rollout that is over.
 *
 * @param turned what it turned out to be; null where nobody knows
 * @param assessed what a person said of how it ended; null: nobody said anything
 * @param then null where it isn't over
 * @param now null where it can't be judged again
 * @param difference null where it counts nowhere
 * @param why it counts nowhere; null where it counts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replayed(
        String rollout,
        String revision,
        String target,
        Instant begun,
        Past.Turned turned,
        Past.Assessed assessed,
        Then then,
        Now now,
        Difference difference,
        String why) {

    /**
     * @param after how long it took to be found bad; null where it wasn't
     * @param firstFailure null where no query failed, or where that is no longer in the log
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Then(Past.Ending ending, Duration after, FirstFailures.Failure firstFailure, String words) {}

    /**
     * @param after when that is known, counted from the beginning
     * @param analysis which ended it, and which of its queries; null: none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Now(Ending ending, Duration after, String analysis, String query, String words) {
        boolean takesBack() {
            return ending == Ending.ROLLED_BACK || ending == Ending.AFTER_DEPLOYMENT_FAILED;
        }

        boolean waits() {
            return ending == Ending.AWAITS_PERSON;
        }
    }

    /** What is other than it should be. */
    public enum Difference {
        @JsonProperty("none")
        NONE,
        /** A good one would be taken back. */
        @JsonProperty("falseAlarm")
        FALSE_ALARM,
        /** A good one would wait for a person. */
        @JsonProperty("held")
        HELD,
        /** A bad one would not have been found by the time at which it was taken back. */
        @JsonProperty("missed")
        MISSED
    }

    static Difference between(Past.Turned turned, Now now) {
        return switch (turned) {
            case GOOD -> now.takesBack() ? Difference.FALSE_ALARM : now.waits() ? Difference.HELD : Difference.NONE;
            case BAD -> now.takesBack() || now.waits() ? Difference.NONE : Difference.MISSED;
        };
    }
}
