package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.Objects;

/**
 * One target of a rollout: what it is to do, where it stands, its traffic and its analyses.
 *
 * @param preflight what stands in the way of its first weight; null unless it begins
 * @param shortened whether its steps are no longer the file's: it was a first deployment (B29), or is a plan that
 *     another tool went by
 * @param watched what is seen of it where another tool decides; null where Sluice does
 */
public record TargetRun(
        TargetPlan plan,
        Position position,
        Traffic traffic,
        Judging judging,
        Preflight preflight,
        boolean shortened,
        Watched watched) {
    public TargetRun {
        preflight = position.stage() instanceof Stage.Beginning ? preflight : null;
    }

    /** With the steps of its file. */
    public TargetRun(TargetPlan plan, Position position, Traffic traffic, Judging judging, Preflight preflight) {
        this(plan, position, traffic, judging, preflight, false, null);
    }

    public static TargetRun pending(TargetPlan plan, Position position) {
        return new TargetRun(plan, position, Traffic.NONE, Judging.NONE, null);
    }

    public String name() {
        return plan.name();
    }

    public Stage stage() {
        return position.stage();
    }

    /** The current step; null outside the steps. */
    public Step step() {
        var number = stage().step();
        return number == 0 ? null : plan.steps().get(number - 1);
    }

    public boolean hasStepAfter(int step) {
        return step < plan.steps().size();
    }

    public TargetRun with(TargetPlan next) {
        return new TargetRun(next, position, traffic, judging, preflight, shortened, watched);
    }

    /** Goes on by another file; what is open is asked anew where weights are to settle otherwise. */
    public TargetRun updated(TargetPlan next) {
        var settlesAlike = Objects.equals(plan.settle(), next.settle()) && plan.settles() == next.settles();
        return settlesAlike ? with(next) : with(next).with(judging.settlingAnew(next.settles()));
    }

    /** A first deployment skips steps. */
    public TargetRun shortened(TargetPlan next) {
        return new TargetRun(next, position, traffic, judging, preflight, true, watched);
    }

    public TargetRun with(Position next) {
        return new TargetRun(plan, next, traffic, judging, preflight, shortened, watched);
    }

    public TargetRun with(Traffic next) {
        return new TargetRun(plan, position, next, judging, preflight, shortened, watched);
    }

    public TargetRun with(Judging next) {
        return new TargetRun(plan, position, traffic, next, preflight, shortened, watched);
    }

    public TargetRun with(Preflight next) {
        return new TargetRun(plan, position, traffic, judging, next, shortened, watched);
    }

    /** An earlier version knows nothing of what was watched, and must not retry its steps: it asks for the file as well. */
    public TargetRun watchedToTheEnd(Watched last) {
        return new TargetRun(plan, position, traffic, judging, preflight, true, last);
    }

    public TargetRun with(Watched next) {
        return new TargetRun(plan, position, traffic, judging, preflight, shortened, next);
    }

    /** When it is asked again what its routes carry; null where that is known, or nobody asks. */
    public Instant askAgainAt() {
        return watched == null || traffic.routes().stream().allMatch(route -> route.heardAt() != null)
                ? null
                : watched.askAgainAt();
    }

    /** When its check has to be told the time; null: never. */
    public Instant checkDue() {
        if (preflight == null || !traffic.isApplied()) {
            return null;
        }
        if (preflight.hasErrors()) {
            return preflight.repeatAt().isBefore(preflight.deadline()) ? preflight.repeatAt() : preflight.deadline();
        }
        return preflight.isAnsweredBy(traffic.routes()) ? null : preflight.patience();
    }
}
