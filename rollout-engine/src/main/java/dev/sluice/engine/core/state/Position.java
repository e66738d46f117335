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
 * @param spent what its time went into before {@code since}; null where an earlier version kept no count
 * @param degraded a rollback's deadline passed; it goes on trying
 */
public record Position(
        Stage stage,
        int step,
        Hold hold,
        Why why,
        Why cause,
        String actor,
        Instant since,
        boolean degraded,
        Spent spent) {

    public static Position pending(Why why, String actor, Instant at) {
        return new Position(new Stage.Pending(), 0, null, why, null, actor, at, false, Spent.NOTHING);
    }

    public Phase phase() {
        return hold != null && stage.isUnderWay() ? Phase.PAUSED : stage.phase();
    }

    public boolean isUnderWay() {
        return stage.isUnderWay();
    }

    public boolean isEnded() {
        return stage instanceof Stage.Ended;
    }

    public boolean isRollingBack() {
        return stage instanceof Stage.RollingBack;
    }

    /** Promoted, and those that depend on it may start. */
    public boolean letsOthersStart() {
        return stage instanceof Stage.Ended end && end.phase() == Phase.PROMOTED && !end.blocks();
    }

    /** On its way back, or over in any other way than it was meant to be. */
    public boolean hasFailed() {
        return isRollingBack() || (isEnded() && !isPromoted());
    }

    public boolean isPromoted() {
        return stage.phase() == Phase.PROMOTED;
    }

    public Position at(Stage next, Why reason, Instant at) {
        return moved(
                new Position(
                        next, next.step() == 0 ? step : next.step(), hold, reason, cause, actor, since, false, spent),
                at);
    }

    /** Something changed in the same stage; the reason stays. */
    public Position with(Stage next, Instant at) {
        return moved(new Position(next, step, hold, why, cause, actor, since, degraded, spent), at);
    }

    public Position held(Hold by, Why reason, Instant at) {
        return moved(new Position(stage, step, by.over(hold), reason, cause, actor, since, degraded, spent), at);
    }

    /** The newest hold is lifted; what held it besides still does. */
    public Position released(Why reason, Instant at) {
        return moved(
                new Position(
                        stage,
                        step,
                        hold == null ? null : hold.beneath(),
                        reason,
                        cause,
                        actor,
                        since,
                        degraded,
                        spent),
                at);
    }

    public Position unheld() {
        return new Position(stage, step, null, why, cause, actor, since, degraded, spent);
    }

    /** Over: nothing holds it any more. */
    public Position ended(Stage.Ended end, Why reason, Instant at) {
        return moved(new Position(end, step, null, reason, cause, actor, since, false, spent), at);
    }

    public Position because(Why reason) {
        return new Position(stage, step, hold, reason, cause, actor, since, degraded, spent);
    }

    /** Turns back, for a reason that is kept whatever happens on the way; nothing holds it any more. */
    public Position turnedBack(Why reason, Instant at) {
        return moved(new Position(new Stage.RollingBack(), step, null, reason, reason, actor, since, false, spent), at);
    }

    public Position by(String person) {
        return person == null ? this : new Position(stage, step, hold, why, cause, person, since, degraded, spent);
    }

    public Position worsened(Why reason) {
        return new Position(stage, step, hold, reason, cause, actor, since, true, spent);
    }

    private Position moved(Position next, Instant at) {
        if (next.phase() == phase() && next.step == step) {
            return next;
        }
        var counted = spent == null ? null : spent.plus(this, since, at);
        return new Position(
                next.stage, next.step, next.hold, next.why, next.cause, next.actor, at, next.degraded, counted);
    }
}
