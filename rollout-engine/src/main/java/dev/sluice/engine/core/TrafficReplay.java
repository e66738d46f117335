package dev.sluice.engine.core;

import static dev.sluice.engine.core.Targets.at;
import static dev.sluice.engine.core.Targets.because;
import static dev.sluice.engine.core.Targets.judging;
import static dev.sluice.engine.core.Targets.rowsOf;
import static dev.sluice.engine.core.Targets.run;
import static dev.sluice.engine.core.Targets.target;
import static dev.sluice.engine.core.Targets.traffic;

import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Watched;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.util.Objects;

/** What decisions about routes change. */
final class TrafficReplay {
    private TrafficReplay() {}

    static State apply(State state, Decision.OfTraffic decision) {
        return switch (decision) {
            case Decision.Began d -> began(state, d);
            case Decision.ObservationBegan d -> watching(state, d);
            case Decision.ObservationRepeated d -> because(target(state, d, run -> run.with(d.watched())), d);
            case Decision.Observed d -> observed(state, d);
            case Decision.Checked d -> checked(state, d);
            case Decision.CheckRepeated d -> because(target(state, d, run -> run.with(d.preflight())), d);
            case Decision.Unchecked d -> because(state, d);
            case Decision.Ordered d -> ordered(state, d);
            case Decision.OrderRepeated d -> traffic(state, d, traffic -> traffic.repeated(d.order()));
            case Decision.Answered d -> answered(state, d);
            case Decision.WorkloadSeen d -> because(traffic(state, d, traffic -> traffic.seeing(d.report())), d);
            case Decision.EndpointsSeen d -> because(traffic(state, d, traffic -> traffic.counting(d.report())), d);
            case Decision.DriftRepaired d -> drifted(state, d);
            case Decision.EndpointsMissed d -> because(state, d);
            case Decision.ActiveLearnt d -> learnt(state, d);
            case Decision.FenceRaised d -> raised(state, d);
        };
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

    /** It orders nothing, so that nothing of it is known beyond this rollout but its generation, which no other may have. */
    private static State watching(State state, Decision.ObservationBegan d) {
        var next = traffic(state, d, traffic -> traffic.began(d.generation(), 0, d.routes()));
        for (var route : d.routes()) {
            next = next.with(next.route(route.identity()).atGeneration(d.generation()));
        }
        next = target(next, d, run -> run.with(Watched.asked(d.at())));
        return at(next, d, new Stage.Observing(0, false));
    }

    private static State observed(State state, Decision.Observed d) {
        var before = run(state, d.target()).traffic().applied();
        var next = traffic(state, d, traffic -> traffic.observing(d.report()));
        next = because(target(next, d, run -> run.with(d.watched())), d);
        var now = run(next, d.target()).traffic().applied();
        return Objects.equals(before, now) ? next : inForce(next, d);
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

    /** The other tool's weight is in force as soon as it is seen. */
    private static State inForce(State state, Decision d) {
        var run = run(state, d.target());
        return run.traffic().isApplied() || run.stage() instanceof Stage.Observing
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
}
