package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a target's time went into so far, up to when it came to where it stands now.
 *
 * @param on how long each took; without those that took none
 */
public record Spent(Map<Activity, Duration> on) {
    static final Spent NOTHING = new Spent(Map.of());

    /** What a target can be at. */
    public enum Activity {
        /** Not begun: other targets come first. */
        PENDING,
        /** Weights are on their way to the routes, or back. */
        MOVING,
        ANALYSING,
        /** A pause of the file's. */
        PAUSING,
        /** Somebody's word is awaited. */
        PEOPLE,
        /** Something outside the steps holds the next raise: a window, a freeze, other targets, the share of requests. */
        HELD
    }

    public Spent {
        on = Map.copyOf(on);
    }

    Spent plus(Position at, Instant since, Instant until) {
        if (at.isEnded() || !until.isAfter(since)) {
            return this;
        }
        var next = new EnumMap<Activity, Duration>(Activity.class);
        next.putAll(on);
        next.merge(activity(at), Duration.between(since, until), Duration::plus);
        return new Spent(next);
    }

    private static Activity activity(Position at) {
        return switch (at.stage().awaits()) {
            case TARGETS -> Activity.PENDING;
            case FINALIZE -> Activity.PEOPLE;
            case LEAVE_TO_RAISE -> at.hold() == null ? Activity.HELD : Activity.PEOPLE;
            case REPORTS -> at.hold() == null ? Activity.MOVING : Activity.PEOPLE;
            case CONDITIONS ->
                at.hold() == null ? ofGate(((Gate) at.stage()).foremost().phase()) : Activity.PEOPLE;
            case ANOTHER_TOOL -> at.phase() == Phase.ANALYZING ? Activity.ANALYSING : Activity.MOVING;
            case NOTHING -> throw new IllegalStateException("what is over takes no time");
        };
    }

    private static Activity ofGate(Phase phase) {
        return switch (phase) {
            case ANALYZING -> Activity.ANALYSING;
            case AWAITING_APPROVAL -> Activity.PEOPLE;
            case PAUSED -> Activity.PAUSING;
            case PENDING, PROGRESSING, WAITING, ROLLING_BACK, FINALIZING, PROMOTED, ROLLED_BACK, FAILED, CANCELLED ->
                Activity.MOVING;
        };
    }
}
