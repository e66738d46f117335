package dev.sluice.engine.core;

import static dev.sluice.engine.core.Targets.at;
import static dev.sluice.engine.core.Targets.because;
import static dev.sluice.engine.core.Targets.by;
import static dev.sluice.engine.core.Targets.gate;
import static dev.sluice.engine.core.Targets.judging;
import static dev.sluice.engine.core.Targets.position;
import static dev.sluice.engine.core.Targets.rowsOf;
import static dev.sluice.engine.core.Targets.run;
import static dev.sluice.engine.core.Targets.target;

import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Traffic;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightOrder.End;
import java.util.List;

/** What each decision changes: the counterpart of {@link Decider}, without any rule of its own. */
public final class Replay {
    private Replay() {}

    /** The only way in which a state changes. */
    public static State apply(State state, List<Decision> decided) {
        var next = state;
        for (var decision : decided) {
            next = apply(next, decision);
        }
        return next;
    }

    public static State apply(State state, Decision decision) {
        var next = changed(state, decision);
        return decision.stored() ? next.counted(decision.target()) : next;
    }

    private static State changed(State state, Decision decision) {
        return switch (decision) {
            case Decision.OfApplication d -> ApplicationReplay.apply(state, d);
            case Decision.OfTraffic d -> TrafficReplay.apply(state, d);
            case Decision.OfJudging d -> JudgingReplay.apply(state, d);
            case Decision.Ignored d -> state;
            case Decision.Rejected d -> state;
            case Decision.StepEntered d -> at(state, d, d.stage());
            case Decision.WebhookWent d -> because(gate(state, d, gate -> gate.with(d.condition(), d.now())), d);
            case Decision.ConditionMet d -> gate(state, d, gate -> gate.met(d.condition()));
            case Decision.RaiseHeld d -> at(state, d, d.stage());
            case Decision.HoldSeenAgain d -> position(state, d, position -> position.with(d.stage(), d.at()));
            case Decision.FreezeOverridden d ->
                d.waits() ? state : state.with(state.rollout().overriding(d.target()));
            case Decision.RaiseFreed d -> because(state, d);
            case Decision.Paused d ->
                position(
                        state,
                        d,
                        position -> position.held(d.hold(), d.why(), d.at())
                                .by(d.hold().actor()));
            case Decision.Resumed d -> resumed(state, d);
            case Decision.Approved d ->
                position(
                        state,
                        d,
                        position -> position.at(approved(position.stage(), d), d.why(), d.at())
                                .by(d.actor()));
            case Decision.StepSkipped d -> skipped(state, d);
            case Decision.Redirected d -> by(state, d, d.actor());
            case Decision.FirstDeployment d -> because(target(state, d, run -> run.shortened(d.plan())), d);
            case Decision.StepPassedOver d -> because(state, d);
            case Decision.StepsDone d -> at(state, d, d.stage());
            case Decision.SelectorSwitched d -> at(state, d, new Stage.HandingBack());
            case Decision.HandbackBegan d ->
                position(
                        state,
                        d,
                        position -> position.unheld()
                                .at(new Stage.HandingBack(), d.why(), d.at())
                                .by(d.actor()));
            case Decision.RollbackBegan d ->
                position(
                        state,
                        d,
                        position -> position.turnedBack(d.why(), d.at()).by(d.actor()));
            case Decision.Degraded d -> position(state, d, position -> position.worsened(d.why()));
            case Decision.Promoted d -> promoted(state, d);
            case Decision.Reverted d -> reverted(state, d);
            case Decision.LeftPromoted d -> because(state, d);
            case Decision.RolledBack d -> ended(state, d, Phase.ROLLED_BACK);
            case Decision.Failed d -> ended(state, d, Phase.FAILED);
            case Decision.Cancelled d -> ended(state, d, Phase.CANCELLED);
            case Decision.OpinionFormed d -> because(target(state, d, run -> run.with(d.watched())), d);
            case Decision.Disagreed d -> because(target(state, d, run -> run.with(d.watched())), d);
            case Decision.ObservationEnded d -> observed(state, d);
        };
    }

    /** A time limit doesn't run while somebody holds the target; where nobody does, a raise that waits goes on. */
    private static State resumed(State state, Decision.Resumed d) {
        if (run(state, d.target()).position().hold() == null) {
            var accepted =
                    judging(state, d, judging -> judging.with(judging.shares().accept()));
            return position(accepted, d, position -> position.because(d.why()).by(d.actor()));
        }
        var next = position(
                state, d, position -> position.released(d.why(), d.at()).by(d.actor()));
        return target(
                next,
                d,
                run -> run.preflight() == null
                        ? run
                        : run.with(run.preflight().resumed(d.at(), run.plan().timeout())));
    }

    /**
     * A route whose last order says release is free for the next start, and held on for the one that waits; what is known of
     * it stays.
     */
    private static State ended(State state, Decision d, Phase phase) {
        return ended(state, d, new Stage.Ended(phase, d.at(), false));
    }

    private static State ended(State state, Decision d, Stage.Ended end) {
        var next = position(state, d, position -> position.ended(end, d.why(), d.at()));
        var run = run(state, d.target());
        for (var route : run.plan().routes()) {
            if (isReleased(state.rollout(), run.traffic(), route.identity())) {
                if (state.queued() != null && state.queued().names(route.identity())) {
                    next = next.with(next.queued().taking(route.identity()));
                    continue;
                }
                var row = next.route(route.identity());
                var isCarriedOut = run.traffic().isReleased(route.identity());
                next = next.with(isCarriedOut ? row.released(d.at()) : row.heldBy(null));
            }
        }
        return next;
    }

    /** A target that never ordered anything gives back what its start took; what rested with the application rests on. */
    private static boolean isReleased(Rollout rollout, Traffic traffic, String route) {
        if (traffic.order() == null) {
            return rollout.taken().contains(route);
        }
        return traffic.order().end() == End.RELEASE || traffic.find(route).letGo();
    }

    private static State promoted(State state, Decision.Promoted d) {
        var next = ended(state, d, new Stage.Ended(Phase.PROMOTED, d.at(), d.blocks()));
        var run = run(state, d.target());
        for (var route : run.traffic().routes()) {
            var active = switch (run.plan().onPromoted()) {
                case SWAP -> route.canary();
                case HANDBACK, SELECTOR -> route.active();
            };
            next = next.with(next.route(route.identity()).promotedTo(active));
        }
        return next.promoted(d.target(), run.plan().onPromoted());
    }

    /** Nothing is ordered and nothing held: what is left is what the other tool made stable, where that is known. */
    private static State observed(State state, Decision.ObservationEnded d) {
        var next = target(state, d, run -> run.watchedToTheEnd(d.watched()));
        next = ended(by(next, d, d.actor()), d, d.phase());
        return switch (d.watched().told().ended()) {
            case PROMOTED -> next.stable(d.target(), next.rollout().revision());
            case UNKNOWN -> d.watched().hadTraffic() ? next.stable(d.target(), null) : next;
            case TOOK_BACK -> next;
        };
    }

    private static State reverted(State state, Decision.Reverted d) {
        return rowsOf(state, d.target()).reverted(d.target());
    }

    private static Stage approved(Stage stage, Decision.Approved d) {
        return stage instanceof Gate gate ? gate.approved(d.conditions(), d.actor()) : stage;
    }

    private static State skipped(State state, Decision.StepSkipped d) {
        var next = switch (run(state, d.target()).stage()) {
            case Gate gate -> at(state, d, gate.skipped());
            case Stage.Moving moving -> at(state, d, new Stage.Moving(moving.step(), true));
            case Holding holding ->
                judging(state, d, judging -> judging.with(judging.shares().accept()));
            case Stage.Pending other -> state;
            case Stage.Beginning other -> state;
            case Stage.Completing other -> state;
            case Stage.Selecting other -> state;
            case Stage.AwaitingFinalize other -> state;
            case Stage.HandingBack other -> state;
            case Stage.RollingBack other -> state;
            case Stage.Observing other -> state;
            case Stage.Ended other -> state;
        };
        return by(next, d, d.actor());
    }
}
