package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import java.time.Instant;

/**
 * Where a target stands, and why.
 *
 * @param step the one it entered last, from 1, kept when it turns back or ends; 0 before the first
 * @param hold null when nobody holds it
 * @param why the latest reason, for status
 * @param cause why it is on its way back, or was rolled back; null otherwise
 * @param actor who last moved it by hand or started it
 * @param since when the phase that people see was entered
 * @param degraded a rollback's deadline passed; it goes on trying
 */
public record Position(
        Stage stage, int step, Hold hold, Why why, Why cause, String actor, Instant since, boolean degraded) {

    public static Position pending(Why why, String actor, Instant at) {
        return new Position(new Stage.Pending(), 0, null, why, null, actor, at, false);
    }

    public Phase phase() {
        return hold != null && isUnderWay() ? Phase.PAUSED : stage.phase();
    }

    /** Begun, and neither on its way back nor over: what {@code pause} and analyses can act on. */
    public boolean isUnderWay() {
        return switch (stage) {
            case Stage.Beginning b -> true;
            case Stage.Moving m -> true;
            case Stage.Pausing p -> true;
            case Stage.Approving a -> true;
            case Stage.Analyzing a -> true;
            case Stage.Holding h -> true;
            case Stage.Completing c -> true;
            case Stage.Selecting s -> true;
            case Stage.AwaitingFinalize f -> true;
            case Stage.Pending p -> false;
            case Stage.HandingBack h -> false;
            case Stage.RollingBack r -> false;
            case Stage.Ended e -> false;
        };
    }

    public boolean isEnded() {
        return stage instanceof Stage.Ended;
    }

    public boolean isRollingBack() {
        return stage instanceof Stage.RollingBack;
    }

    public boolean isPromoted() {
        return stage.phase() == Phase.PROMOTED;
    }

    public Position at(Stage next, Why reason, Instant at) {
        return moved(new Position(next, Math.max(step, next.step()), hold, reason, cause, actor, since, false), at);
    }

    public Position held(Hold by, Why reason, Instant at) {
        return moved(new Position(stage, step, by.over(hold), reason, cause, actor, since, degraded), at);
    }

    /** The newest hold is lifted; what held it besides still does. */
    public Position released(Why reason, Instant at) {
        return moved(
                new Position(stage, step, hold == null ? null : hold.beneath(), reason, cause, actor, since, degraded),
                at);
    }

    public Position unheld() {
        return new Position(stage, step, null, why, cause, actor, since, degraded);
    }

    /** Over: nothing holds it any more. */
    public Position ended(Stage.Ended end, Why reason, Instant at) {
        return moved(new Position(end, step, null, reason, cause, actor, since, false), at);
    }

    public Position because(Why reason) {
        return new Position(stage, step, hold, reason, cause, actor, since, degraded);
    }

    /** Turns back, for a reason that is kept whatever happens on the way; nothing holds it any more. */
    public Position turnedBack(Why reason, Instant at) {
        return moved(new Position(new Stage.RollingBack(), step, null, reason, reason, actor, since, false), at);
    }

    public Position by(String person) {
        return person == null ? this : new Position(stage, step, hold, why, cause, person, since, degraded);
    }

    public Position worsened(Why reason) {
        return new Position(stage, step, hold, reason, cause, actor, since, true);
    }

    private Position moved(Position next, Instant at) {
        return next.phase() == phase() && next.step == step
                ? next
                : new Position(next.stage, next.step, next.hold, next.why, next.cause, next.actor, at, next.degraded);
    }
}
