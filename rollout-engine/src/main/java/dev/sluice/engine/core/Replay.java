package dev.sluice.engine.core;

import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Judging;
import dev.sluice.engine.core.state.Position;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Traffic;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            case Decision.Ignored d -> state;
            case Decision.Rejected d -> state;
            case Decision.Started d -> started(state, d);
            case Decision.Enqueued d -> enqueued(state, d);
            case Decision.Dequeued d -> dequeued(state);
            case Decision.RevisionHeld d -> state.with(state.held().with(d.held()));
            case Decision.RevisionReleased d -> state.with(state.held().without(d.revision()));
            case Decision.Began d -> began(state, d);
            case Decision.Checked d -> checked(state, d);
            case Decision.CheckRepeated d -> because(target(state, d, run -> run.with(d.preflight())), d);
            case Decision.Unchecked d -> because(state, d);
            case Decision.Ordered d -> ordered(state, d);
            case Decision.OrderRepeated d -> traffic(state, d, traffic -> traffic.repeated(d.order()));
            case Decision.Answered d -> answered(state, d);
            case Decision.WorkloadSeen d -> because(traffic(state, d, traffic -> traffic.seeing(d.report())), d);
            case Decision.DriftRepaired d -> drifted(state, d);
            case Decision.EndpointsMissed d -> because(state, d);
            case Decision.StepEntered d -> at(state, d, d.stage());
            case Decision.WebhookWent d -> because(gate(state, d, gate -> gate.with(d.condition(), d.now())), d);
            case Decision.ConditionMet d -> gate(state, d, gate -> gate.met(d.condition()));
            case Decision.AnalysisOpened d -> judging(state, d, judging -> judging.opened(d.analysis()));
            case Decision.RunJudged d -> judged(state, d);
            case Decision.ShareMeasured d -> judging(state, d, judging -> judging.with(d.shares()));
            case Decision.RaiseHeld d -> at(state, d, d.stage());
            case Decision.HoldSeenAgain d -> position(state, d, position -> position.with(d.stage(), d.at()));
            case Decision.FreezeOverridden d ->
                d.waits() ? state : state.with(state.rollout().overriding(d.target()));
            case Decision.Frozen d ->
                state.frozen(Stream.concat(state.freezes().stream(), Stream.of(d.freeze()))
                        .toList());
            case Decision.Unfrozen d ->
                state.frozen(state.freezes().stream()
                        .filter(freeze -> !freeze.id().equals(d.freeze()))
                        .toList());
            case Decision.RaiseFreed d -> because(state, d);
            case Decision.RunsMissed d -> missed(state, d);
            case Decision.AnalysisRestarted d -> restarted(state, d);
            case Decision.AnalysisClosed d -> closed(state, d);
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
            case Decision.JudgementAsked d -> because(asked(state, d), d);
            case Decision.JudgementGiven d -> by(judging(state, d, Judging::answered), d, d.actor());
            case Decision.StepSkipped d -> skipped(state, d);
            case Decision.Redirected d -> by(state, d, d.actor());
            case Decision.Updated d -> updated(state, d);
            case Decision.AnalysisLimited d -> judging(state, d, judging -> judging.limited(d.spec()));
            case Decision.FirstDeployment d -> because(target(state, d, run -> run.shortened(d.plan())), d);
            case Decision.StepPassedOver d -> because(state, d);
            case Decision.ActiveLearnt d -> learnt(state, d);
            case Decision.AbortNoted d -> state.noted(d.abort());
            case Decision.FenceRaised d -> raised(state, d);
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
            case Decision.Deleted d -> deleted(state);
        };
    }

    private static State enqueued(State state, Decision.Enqueued d) {
        var next = state.with(d.queued());
        for (var route : d.queued().taken()) {
            next = next.with(next.route(route).heldBy(state.application()));
        }
        return toldAll(next);
    }

    private static State dequeued(State state) {
        var next = state.with((Request) null);
        for (var route : state.queued().taken()) {
            next = next.with(next.route(route).heldBy(null));
        }
        return toldAll(next);
    }

    private static State toldAll(State state) {
        var next = state;
        for (var target : state.rollout().targets()) {
            next = next.told(target.name());
        }
        return next;
    }

    private static State started(State state, Decision.Started d) {
        var next = state.started(d.rollout());
        for (var target : d.rollout().targets()) {
            for (var route : target.plan().routes()) {
                next = next.with(next.route(route.identity()).heldBy(state.application()));
            }
            next = next.told(target.name());
        }
        return next;
    }

    private static State began(State state, Decision.Began d) {
        var known = d.routes().stream()
                .mapToLong(route -> state.route(route.identity()).generation())
                .max()
                .orElse(0);
        var next = traffic(state, d, traffic -> traffic.began(d.generation(), known, d.routes()));
        var begun = at(rowsOf(next, d.target()), d, new Stage.Beginning()).begun(d.target());
        return target(begun, d, run -> run.with(d.preflight()));
    }

    /** What an operator holds is held for the operator's reason. */
    private static State checked(State state, Decision.Checked d) {
        var next = target(state, d, run -> run.with(d.preflight()));
        return run(state, d.target()).position().hold() == null ? because(next, d) : next;
    }

    private static State ordered(State state, Decision.Ordered d) {
        var desired = d.order().desired();
        var isRaise = desired != null
                && desired.raises(run(state, d.target()).traffic().desired());
        var left = isRaise ? state.with(state.rollout().raised(d.target())) : state;
        var next = traffic(left, d, traffic -> traffic.ordered(d.order()));
        next = judging(next, d, judging -> judging.with(judging.shares().ordered()));
        return because(desired == null ? next : moved(next, d), d);
    }

    /** For a while the weight wasn't what had been ordered. */
    private static State drifted(State state, Decision.DriftRepaired d) {
        return inForce(traffic(state, d, traffic -> traffic.drifted(d.actor())), d);
    }

    private static State inForce(State state, Decision d) {
        return run(state, d.target()).traffic().isApplied()
                ? moved(
                        judging(
                                state,
                                d,
                                judging -> judging.with(judging.shares().inForce(d.at()))),
                        d)
                : state;
    }

    private static State moved(State state, Decision d) {
        return run(state, d.target()).plan().settles() ? judging(state, d, judging -> judging.moved(d.at())) : state;
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

    private static State answered(State state, Decision.Answered d) {
        var next = traffic(state, d, traffic -> traffic.answered(d.report()));
        next = d.report().outcome() == Outcome.APPLIED ? inForce(next, d) : next;
        return because(rowsOf(next, d.target()), d);
    }

    private static State learnt(State state, Decision.ActiveLearnt d) {
        var next = traffic(
                state,
                d,
                traffic -> traffic.learnt(
                        d.route(),
                        route -> d.confirmed()
                                ? route.withActive(d.active()).confirmed()
                                : route.withActive(d.active())));
        return rowsOf(next, d.target());
    }

    /** What is known of routes across rollouts follows what their target knows of them. */
    private static State rowsOf(State state, String target) {
        var traffic = run(state, target).traffic();
        var next = state;
        for (var route : traffic.routes()) {
            next = next.with(next.route(route.identity())
                    .atGeneration(traffic.generation())
                    .withActive(route.active()));
        }
        return next;
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

    /** The other targets tell their status again: what stands on the topic may be what a lost database had said. */
    private static State raised(State state, Decision.FenceRaised d) {
        var active = d.by().active();
        var next = because(traffic(state, d, traffic -> traffic.raised(d.generation(), d.route(), active)), d);
        next = rowsOf(next, d.target());
        for (var other : next.rollout().targets()) {
            next = other.name().equals(d.target()) ? next : next.told(other.name());
        }
        return next;
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

    private static State reverted(State state, Decision.Reverted d) {
        return rowsOf(state, d.target()).reverted(d.target());
    }

    private static State deleted(State state) {
        var next = state;
        for (var row : state.routes().values()) {
            if (state.application().equals(row.application())) {
                next = next.with(row.heldBy(null));
            }
        }
        return next.forgotten();
    }

    private static State missed(State state, Decision.RunsMissed d) {
        var next = judging(
                state,
                d,
                judging -> judging.find(d.analysis())
                        .map(run -> judging.judged(run.missed(d.upTo())))
                        .orElse(judging));
        next = gate(next, d, gate -> gate.judged(d.analysis()));
        return isOfStep(state, d.target(), d.analysis()) ? because(next, d) : next;
    }

    /** What a target waits for stays its reason, unless that is this very analysis. */
    private static State judged(State state, Decision.RunJudged d) {
        var isTold = d.stored() || run(state, d.target()).judging().isToBeToldAt(d.at());
        var next = judging(state, d, judging -> isTold ? judged(judging, d).told(d.at()) : judged(judging, d));
        next = gate(next, d, gate -> gate.judged(d.analysis()));
        next = isOfStep(state, d.target(), d.analysis()) ? because(next, d) : next;
        // one that is stored is told like every decision
        return isTold && !d.stored() ? next.told(d.target()) : next;
    }

    private static boolean isOfStep(State state, String target, String analysis) {
        return run(state, target).judging().steps().stream()
                .anyMatch(step -> step.id().equals(analysis));
    }

    private static Judging judged(Judging judging, Decision.RunJudged d) {
        return judging.find(d.analysis())
                .map(run -> run.judged(
                        d.run(),
                        d.outcome(),
                        d.verdict() == null ? List.of() : d.verdict().queries()))
                .map(judging::judged)
                .orElse(judging);
    }

    private static State restarted(State state, Decision.AnalysisRestarted d) {
        var next = judging(state, d, judging -> judging.closed(d.analysis()).opened(d.next()));
        return gate(next, d, gate -> gate.restarted(d.analysis(), d.next().id()));
    }

    private static State closed(State state, Decision.AnalysisClosed d) {
        var next = judging(state, d, judging -> judging.closed(d.analysis()));
        return gate(next, d, gate -> gate.closed(d.analysis(), d.outcome()));
    }

    /** Where the target waits at one. */
    private static State gate(State state, Decision d, UnaryOperator<Gate> change) {
        return run(state, d.target()).stage() instanceof Gate gate
                ? position(state, d, position -> position.with(change.apply(gate), d.at()))
                : state;
    }

    private static Stage approved(Stage stage, Decision.Approved d) {
        return stage instanceof Gate gate ? gate.approved(d.conditions(), d.actor()) : stage;
    }

    /** Where the target waits for that analysis, and else beside its steps. */
    private static State asked(State state, Decision.JudgementAsked d) {
        var isWaitedFor = run(state, d.target()).stage() instanceof Gate gate
                && gate.judges(d.judgement().id());
        return isWaitedFor
                ? gate(state, d, gate -> gate.asked(d.judgement()))
                : judging(state, d, judging -> judging.asked(d.judgement()));
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
            case Stage.Ended other -> state;
        };
        return by(next, d, d.actor());
    }

    /** Each target's status says how many steps it has now. */
    private static State updated(State state, Decision.Updated d) {
        var plans = d.plans().stream().collect(Collectors.toMap(TargetPlan::name, plan -> plan));
        var rollout = state.rollout().with(d.terms(), run -> run.updated(plans.get(run.name())));
        var next = state.with(rollout);
        for (var run : rollout.targets()) {
            next = next.told(run.name());
        }
        return next;
    }

    private static State at(State state, Decision d, Stage stage) {
        return position(state, d, position -> position.at(stage, d.why(), d.at()));
    }

    private static State by(State state, Decision d, String actor) {
        return position(state, d, position -> position.because(d.why()).by(actor));
    }

    private static State because(State state, Decision d) {
        return position(state, d, position -> position.because(d.why()));
    }

    private static State position(State state, Decision d, UnaryOperator<Position> change) {
        return target(state, d, run -> run.with(change.apply(run.position())));
    }

    private static State traffic(State state, Decision d, UnaryOperator<Traffic> change) {
        return target(state, d, run -> run.with(change.apply(run.traffic())));
    }

    private static State judging(State state, Decision d, UnaryOperator<Judging> change) {
        return target(state, d, run -> run.with(change.apply(run.judging())));
    }

    private static State target(State state, Decision d, UnaryOperator<TargetRun> change) {
        return state.with(state.rollout().change(d.target(), change));
    }

    private static TargetRun run(State state, String target) {
        return state.rollout().target(target).orElseThrow();
    }
}
