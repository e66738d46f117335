package dev.sluice.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.schemas.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One target of a rollout that was, as the audit tells it.
 *
 * @param revision null where it isn't known
 * @param hasRevisions whether the audit says which revisions ran, be it that nobody knew
 * @param begun when it began its generation
 * @param ended null: it isn't over
 * @param course the canary's weight, and from when on; empty before the first
 * @param found when its analysis took it back, or asked a person who did; null: it didn't
 * @param words why it went back, or failed after its promotion; null where it didn't
 */
record Past(
        String rollout,
        String target,
        String revision,
        String stableRevision,
        boolean hasRevisions,
        Instant begun,
        Instant ended,
        Ending ending,
        Assessed assessed,
        NavigableMap<Instant, Weight> course,
        Instant found,
        String words) {

    /** How it ended. */
    enum Ending {
        @JsonProperty("Promoted")
        PROMOTED("Promoted"),
        /** By what its own analysis came to. */
        @JsonProperty("RolledBack")
        ROLLED_BACK("RolledBack"),
        /** Promoted, and then its own analysis failed. */
        @JsonProperty("AfterDeploymentFailed")
        AFTER_DEPLOYMENT_FAILED("AfterDeploymentFailed"),
        @JsonProperty("Aborted")
        ABORTED("Aborted"),
        /** With another target, or for another reason than what was measured. */
        @JsonProperty("WentBack")
        WENT_BACK("WentBack"),
        @JsonProperty("FirstDeployment")
        FIRST_DEPLOYMENT("FirstDeployment"),
        @JsonProperty("Failed")
        FAILED("Failed"),
        @JsonProperty("Cancelled")
        CANCELLED("Cancelled"),
        @JsonProperty("UnderWay")
        UNDER_WAY("UnderWay");

        private final String word;

        Ending(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What a person says of how it ended, looking back. */
    enum Assessed {
        @JsonProperty("right")
        RIGHT,
        @JsonProperty("wrong")
        WRONG
    }

    /** What it turned out to be. */
    enum Turned {
        @JsonProperty("good")
        GOOD,
        @JsonProperty("bad")
        BAD
    }

    /** Empty where nobody knows: a person stopped it, or something else than what was measured. */
    Optional<Turned> turned() {
        return switch (ending) {
            case PROMOTED -> Optional.of(assessed == Assessed.WRONG ? Turned.BAD : Turned.GOOD);
            case ROLLED_BACK -> Optional.of(assessed == Assessed.WRONG ? Turned.GOOD : Turned.BAD);
            // whether the promotion was right
            case AFTER_DEPLOYMENT_FAILED -> Optional.of(assessed == Assessed.RIGHT ? Turned.GOOD : Turned.BAD);
            case ABORTED ->
                Optional.ofNullable(assessed).map(said -> said == Assessed.WRONG ? Turned.GOOD : Turned.BAD);
            case WENT_BACK, FIRST_DEPLOYMENT, FAILED, CANCELLED, UNDER_WAY -> Optional.empty();
        };
    }

    /** How long after its beginning it was found to be bad; empty where it wasn't. */
    Optional<Duration> foundAfter() {
        return Optional.ofNullable(found).map(time -> Duration.between(begun, time));
    }
}
